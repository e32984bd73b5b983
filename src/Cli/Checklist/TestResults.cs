using System.Xml;
using System.Xml.Linq;
using SecurityToolchain.Runtime.Input;

namespace SecurityToolchain.Cli.Checklist;

/// <summary>The tests that ran, from result files of <c>dotnet test --logger trx</c> or of xUnit's runner.</summary>
internal sealed class TestResults
{
    private readonly List<(string Name, bool? Passed)> _tests = [];

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Names and outcomes; null is a test that was skipped.</summary>
    public IReadOnlyList<(string Name, bool? Passed)> Tests => _tests;

    /// <exception cref="InvalidDataException">The file is of neither form.</exception>
    public void Add(string path)
    {
        XElement root;
        try
        {
            using FileStream stream = File.OpenRead(path);
            root = SafeXml.Load(stream, new SafeXmlOptions { MaxCharacters = 1L << 30 }).Root!;
        }
        catch (XmlException error)
        {
            throw new InvalidDataException($"'{path}' is no test result file: {error.Message}", error);
        }

        switch (root.Name.LocalName)
        {
            case "TestRun":
                foreach (XElement result in root.Descendants().Where(static element => element.Name.LocalName == "UnitTestResult"))
                    _tests.Add(((string?)result.Attribute("testName") ?? "?", Outcome((string?)result.Attribute("outcome"), "Passed", "Failed")));
                break;
            case "assemblies" or "assembly":
                foreach (XElement test in root.Descendants("test"))
                    _tests.Add(((string?)test.Attribute("name") ?? "?", Outcome((string?)test.Attribute("result"), "Pass", "Fail")));
                break;
            default:
                throw new InvalidDataException($"'{path}' is no test result file: its root is '{root.Name.LocalName}', not TestRun or assemblies.");
        }

        IsEmpty = false;
    }

    private static bool? Outcome(string? text, string passed, string failed) => text == passed ? true : text == failed ? false : null;
}
