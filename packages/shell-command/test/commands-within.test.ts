import { describe, expect, it } from "vitest";
import { loadShellAnalysis } from "../src/index.js";

const { commandsWithin } = await loadShellAnalysis();
const inScript = (script: string) => commandsWithin(["bash", "-lc", script]);

describe("finding commands wherever they stand", () => {
  it.each<[string, string[]]>([
    ["printf deny > /dev/null", ["printf", "deny"]],
    ["printf deny # x", ["printf", "deny"]],
    ["/usr/bin/printf deny", ["printf", "deny"]],
    ["./printf deny", ["printf", "deny"]],
    ["X=deny; printf $X", ["printf", "deny"]],
    ["X=deny; printf ${X}", ["printf", "deny"]],
    ['X=deny; printf "a $X"', ["printf", "a deny"]],
    ["CMD='printf deny'; $CMD", ["printf", "deny"]],
    ["(printf deny)", ["printf", "deny"]],
    ["{ printf deny; } 2>&1", ["printf", "deny"]],
    ["printf deny &", ["printf", "deny"]],
    ["! printf deny", ["printf", "deny"]],
    ["time printf deny", ["printf", "deny"]],
    ["LC_ALL=C printf deny", ["printf", "deny"]],
    ["'printf' \"deny\"", ["printf", "deny"]],
    ["pr\\intf den\\y", ["printf", "deny"]],
    ["printf $'deny'", ["printf", "deny"]],
    ["for i in a; do printf deny; done", ["printf", "deny"]],
    ["while printf deny; do x; done", ["printf", "deny"]],
    ["case a in a) printf deny;; esac", ["printf", "deny"]],
    ["f() { printf deny; }", ["printf", "deny"]],
    ["echo $(printf deny)", ["printf", "deny"]],
    ['echo "$(printf deny)"', ["printf", "deny"]],
    ["echo `printf deny`", ["printf", "deny"]],
    ["echo ${x:-$(printf deny)}", ["printf", "deny"]],
    ["x=$(printf deny)", ["printf", "deny"]],
    ["cat <(printf deny)", ["printf", "deny"]],
    ["cat <<E\n$(printf deny)\nE", ["printf", "deny"]],
    ["[[ $(printf deny) ]]", ["printf", "deny"]],
    ["eval 'printf deny'", ["printf", "deny"]],
    ["bash -c 'printf deny'", ["printf", "deny"]],
    ["bash -eu -o pipefail -c 'printf deny' x y", ["printf", "deny"]],
    ["bash <<E\nprintf deny\nE", ["printf", "deny"]],
    ["sh -s <<'E'\nprintf deny\nE", ["printf", "deny"]],
    ["bash <<< 'printf deny'", ["printf", "deny"]],
    ["sudo -u me env A=1 printf deny", ["printf", "deny"]],
    ["xargs -n 1 printf deny", ["printf", "deny"]],
    ["xargs -i printf {}", ["printf", "{}"]],
    ["xargs --max-lines printf deny", ["printf", "deny"]],
    ["env -a other printf deny", ["printf", "deny"]],
    ["watch -q 3 printf deny", ["printf", "deny"]],
    ["xvfb-run -w 3 printf deny", ["printf", "deny"]],
    ["command printf deny", ["printf", "deny"]],
    ["timeout -k 1 5 printf deny", ["printf", "deny"]],
    ["find . -exec printf deny \\;", ["printf", "deny"]],
    ["noglob printf deny", ["printf", "deny"]],
    ["=printf deny", ["printf", "deny"]],
    ["flock /tmp/l printf deny", ["printf", "deny"]],
    ["flock -w 3 /tmp/l -c 'printf deny'", ["printf", "deny"]],
    ["env -S 'printf deny'", ["printf", "deny"]],
    ["env -i -vS'A=1 printf deny'", ["printf", "deny"]],
    ["env --split-string='printf' deny", ["printf", "deny"]],
    ["setpriv --reuid 1 --clear-groups printf deny", ["printf", "deny"]],
    ["unshare -r --map-user 0 printf deny", ["printf", "deny"]],
    ["strace -f -o /tmp/log printf deny", ["printf", "deny"]],
    ["taskset -c 0 printf deny", ["printf", "deny"]],
    ["watch -n 1 'printf deny'", ["printf", "deny"]],
    ["su - me -c 'printf deny'", ["printf", "deny"]],
    ["script -qc 'printf deny' /dev/null", ["printf", "deny"]],
    ["trap 'printf deny' EXIT", ["printf", "deny"]],
    ["trap -- 'printf deny' EXIT", ["printf", "deny"]],
    ["printf deny &&", ["printf", "deny"]],
  ])("%s", (script, command) => {
    expect(inScript(script)).toContainEqual(command);
  });

  it("lists the argv itself first and every command once", () => {
    expect(inScript("ls; ls; pwd")).toEqual([["bash", "-lc", "ls; ls; pwd"], ["ls"], ["pwd"]]);
  });

  it("takes an argv that is no script as it is", () => {
    expect(commandsWithin(["ls", "-la"])).toEqual([["ls", "-la"]]);
    expect(commandsWithin([])).toEqual([]);
  });

  it("does not take any input for a script", () => {
    expect(inScript("cat <<E\nprintf deny\nE")).toHaveLength(2);
    expect(inScript("bash x.sh <<E\nprintf deny\nE")).toHaveLength(2);
  });

  it("does not take a carried program's options for those of the carrier", () => {
    expect(inScript("flock l gcc -c x")).toEqual([
      ["bash", "-lc", "flock l gcc -c x"],
      ["flock", "l", "gcc", "-c", "x"],
      ["gcc", "-c", "x"],
    ]);
  });

  it("does not take a script file for a script", () => {
    expect(commandsWithin(["bash", "x.sh", "-c", "ls"])).toEqual([["bash", "x.sh", "-c", "ls"]]);
  });
});
