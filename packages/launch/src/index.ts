/** What every program shares: root flags, config overrides, building the services, argv[0] dispatch, signals. */

export {};
