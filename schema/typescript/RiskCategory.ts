// GENERATED CODE! DO NOT MODIFY BY HAND!

/** What kind of harm a risky command could do. */
export type RiskCategory = "data_deletion" | "data_exfiltration" | "privilege_escalation" | "system_modification" | "network_access" | "resource_exhaustion" | "compliance";
