/** The policy that the legacy checker uses when none is named, in its own language. */

export const BUILTIN_POLICY = `
numbers = lambda *names: [opt(name, ARG_POS_INT) for name in names]
flags = lambda *names: [flag(name) for name in names]
both = lambda program: ["/bin/" + program, "/usr/bin/" + program]

define_program(
    program = "ls",
    system_path = both("ls"),
    options = flags("-1", "-a", "-l"),
    args = [ARG_RFILES_OR_CWD],
)
define_program(
    program = "cat",
    system_path = both("cat"),
    options = flags("-b", "-n", "-t"),
    args = [ARG_RFILES],
    should_match = [["file.txt"], ["-n", "file.txt"], ["-b", "file.txt"]],
    should_not_match = [[], ["-l", "file.txt"]],
)
define_program(
    program = "cp",
    system_path = both("cp"),
    options = flags("-r", "-R", "--recursive"),
    args = [ARG_RFILES, ARG_WFILE],
    should_match = [["foo", "bar"]],
    should_not_match = [["foo"]],
)
define_program(
    program = "head",
    system_path = both("head"),
    options = numbers("-c", "-n"),
    args = [ARG_RFILES],
)
define_program(
    program = "printenv",
    system_path = ["/usr/bin/printenv"],
    args = [],
    should_match = [[]],
    should_not_match = [["PATH"], ["-x"]],
)
define_program(
    program = "printenv",
    system_path = ["/usr/bin/printenv"],
    args = [ARG_OPAQUE_VALUE],
    should_match = [["PATH"]],
    should_not_match = [[], ["-x"], ["PATH", "HOME"]],
)
define_program(
    program = "pwd",
    options = flags("-L", "-P"),
    args = [],
)
define_program(
    program = "rg",
    options = numbers("-A", "-B", "-C", "-d", "--max-depth", "-m", "--max-count")
        + [opt("-g", ARG_OPAQUE_VALUE), opt("--glob", ARG_OPAQUE_VALUE)]
        + flags("-n", "-i", "-l", "--files", "--files-with-matches", "--files-without-match"),
    args = [ARG_OPAQUE_VALUE, ARG_RFILES_OR_CWD],
    should_match = [["-n", "init"], ["-A", "2", "init", "src"]],
    should_not_match = [["-m", "-n", "init"], ["--pre", "cat", "init"]],
)
define_program(
    program = "sed",
    system_path = ["/usr/bin/sed"],
    options = flags("-n", "-u"),
    args = [ARG_SED_COMMAND, ARG_RFILES],
    should_match = [["-n", "1,5p", "file.txt"]],
    should_not_match = [["s/y/echo hi/e", "file.txt"]],
)
define_program(
    program = "sed",
    system_path = ["/usr/bin/sed"],
    options = flags("-n", "-u") + [opt("-e", ARG_SED_COMMAND, required = True)],
    args = [ARG_RFILES],
    should_match = [["-e", "1,5p", "file.txt"]],
    should_not_match = [["-n", "file.txt"]],
)
define_program(
    program = "which",
    system_path = both("which"),
    options = flags("-a", "-s"),
    args = [ARG_RFILES],
)
`;
