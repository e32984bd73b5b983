namespace SecurityToolchain.Test;

/// <summary>The command line: nothing runs everything.</summary>
/// <param name="Build">False with <c>--no-build</c>: run what lies in the output folders.</param>
/// <param name="Only">Names after <c>--only</c>: test assemblies whose name contains one of them.</param>
/// <param name="RunnerFilters">Everything after <c>--</c>, handed to the test runner, for example <c>-class *Sql*</c>.</param>
/// <param name="Error">What is wrong with the command line, or null.</param>
internal sealed record TestOptions(bool Build, IReadOnlyList<string> Only, IReadOnlyList<string> RunnerFilters, string? Error)
{
    public const string Usage = "usage: dotnet run --project eng/Test -- [--no-build] [--only NAME]... [-- RUNNER-OPTIONS]";

    public static TestOptions Parse(string[] arguments)
    {
        bool build = true;
        var only = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i])
            {
                case "--no-build":
                    build = false;
                    break;
                case "--only" when i + 1 < arguments.Length:
                    only.Add(arguments[++i]);
                    break;
                case "--":
                    return new TestOptions(build, only, arguments[(i + 1)..], null);
                default:
                    return new TestOptions(build, only, [], $"'{arguments[i]}' is not an option. {Usage}");
            }
        }

        return new TestOptions(build, only, [], null);
    }

    public bool Selects(TestAssembly assembly) => Only.Count == 0 || Only.Any(name => assembly.Name.Contains(name, StringComparison.OrdinalIgnoreCase));
}
