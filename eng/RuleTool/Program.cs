using SecurityToolchain.RuleTool;
using SecurityToolchain.Tooling;

const string Usage = """
    usage: dotnet run --project eng/RuleTool -- COMMAND

      new AREA NAME    writes a rule: analyzer, code fix, tests, page, catalogue entry and release line;
                       AREA is a category of DiagnosticCategoryAndIdRanges.txt, NAME the weakness in PascalCase
      docs             writes docs/rules/README.md from the catalogue
      docs --check     fails when docs/rules/README.md is not what 'docs' would write
    """;

try
{
    Repository repository = Repository.Find();
    switch (args)
    {
        case ["new", var area, var name]:
            foreach (string file in new RuleScaffold(repository).Write(area, name))
                Console.WriteLine("wrote " + Path.GetRelativePath(repository.Root, file));
            return 0;
        case ["docs"]:
            await File.WriteAllTextAsync(RuleTable.PagePath(repository), RuleTable.Build(repository)).ConfigureAwait(false);
            Console.WriteLine("wrote " + Path.GetRelativePath(repository.Root, RuleTable.PagePath(repository)));
            return 0;
        case ["docs", "--check"]:
            if (RuleTable.IsCurrent(repository))
                return 0;
            await Console.Error.WriteLineAsync("docs/rules/README.md differs from the catalogue; run 'dotnet run --project eng/RuleTool -- docs'.").ConfigureAwait(false);
            return 1;
        default:
            await Console.Error.WriteLineAsync(Usage).ConfigureAwait(false);
            return 2;
    }
}
catch (ScaffoldException problem)
{
    await Console.Error.WriteLineAsync(problem.Message).ConfigureAwait(false);
    return 1;
}
