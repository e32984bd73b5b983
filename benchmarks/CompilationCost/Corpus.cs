using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.CompilationCost;

/// <summary>A body of real C# that compiles, parsed once.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Trees">The parsed files, generated ones too.</param>
/// <param name="WrittenFiles">How many of them a person wrote; they come first.</param>
/// <param name="Lines">Lines of all files that a person wrote.</param>
internal sealed record Corpus(string Name, IReadOnlyList<SyntaxTree> Trees, int WrittenFiles, int Lines)
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest, DocumentationMode.Parse, preprocessorSymbols: ["NET", "NET10_0", "NETCOREAPP", "NET8_0_OR_GREATER", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER"]);

    private static readonly CSharpCompilationOptions s_compile = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, checkOverflow: true, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: true);

    private static readonly MetadataReference[] s_frameworks = References();

    /// <summary>Makes a new compilation: nothing that was bound for an earlier one is reused.</summary>
    public CSharpCompilation Compile(AnalyzerSet set) =>
        CSharpCompilation.Create("Corpus", Trees, s_frameworks, s_compile.WithSpecificDiagnosticOptions(set.Severities));

    /// <summary>This product's run-time libraries, as often as it takes to reach the number of lines; each copy has namespaces of its own.</summary>
    public static Corpus Libraries(Repository repository, int lines) => Repeat(
        "libraries (src/Runtime and src/Secrets)",
        [repository.Path("src", "Runtime"), repository.Path("src", "Secrets")],
        "SecurityToolchain",
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks; "
            + "global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Http; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Logging; global using Microsoft.Extensions.Configuration;",
        lines);

    /// <summary>The two sample shops, as often as it takes to reach the number of lines; each copy has namespaces of its own.</summary>
    public static Corpus WebShops(Repository repository, int lines) => Repeat(
        "web applications (both sample shops)",
        [repository.Path("samples", "InsecureShop"), repository.Path("samples", "HardenedShop")],
        "Shop",
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Net.Http.Json; global using System.Threading; global using System.Threading.Tasks; "
            + "global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; "
            + "global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging;",
        lines);

    private static Corpus Repeat(string name, string[] folders, string rootName, string globalUsings, int wantedLines)
    {
        (string Path, string Text)[] files = [.. folders.Where(Directory.Exists).SelectMany(Sources).Select(static path => (path, File.ReadAllText(path)))];
        int linesOfOne = files.Sum(static file => file.Text.AsSpan().Count('\n'));
        int copies = Math.Max(1, (wantedLines + linesOfOne - 1) / linesOfOne);

        var trees = new List<SyntaxTree> { Parse("/corpus/GlobalUsings.cs", globalUsings) };
        for (int copy = 0; copy < copies; copy++)
        {
            string renamed = string.Create(CultureInfo.InvariantCulture, $"{rootName}{copy}");
            foreach ((string path, string text) in files)
                trees.Add(Parse(string.Create(CultureInfo.InvariantCulture, $"/corpus/{copy}{path}"), Rename(text, rootName, renamed, path)));
        }

        var compilation = CSharpCompilation.Create("Corpus", trees, s_frameworks, s_compile);
        var driver = CSharpGeneratorDriver.Create(Generators(), parseOptions: s_parse);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        return new Corpus(string.Create(CultureInfo.InvariantCulture, $"{name}, {copies} times"), [.. generated.SyntaxTrees], trees.Count, linesOfOne * copies);
    }

    // A second Main or top-level program in one compilation is an error, so a program's statements move into a method of their copy.
    private static string Rename(string text, string rootName, string renamed, string path)
    {
        string result = text.Replace(rootName, renamed, StringComparison.Ordinal);
        if (Path.GetFileName(path) != "Program.cs" || result.Contains("class Program", StringComparison.Ordinal))
            return result;
        int body = 0;
        foreach (string line in result.Split('\n'))
        {
            if (!line.StartsWith("using ", StringComparison.Ordinal) || line.Contains('(', StringComparison.Ordinal))
                break;
            body += line.Length + 1;
        }

        string folder = Path.GetFileName(Path.GetDirectoryName(path))!.Replace(rootName, renamed, StringComparison.Ordinal);
        int types = result.IndexOf("\npublic ", StringComparison.Ordinal) is var at and > 0 ? at : result.Length;
        return $"{result[..body]}\nnamespace {folder} {{ static class Startup {{ static void Run(string[] args) {{\n{result[body..types]}\n}} }}\n{result[types..]}\n}}";
    }

    private static SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), s_parse, path);

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<ISourceGenerator> Generators()
    {
        string[] folders = [.. typeof(Corpus).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Where(static data => data.Key == "GeneratorsFolder").Select(static data => data.Value!)];
        foreach (string folder in folders)
        {
            var loader = new FolderAssemblyLoader("generators " + folder, folder);
            // The interceptors of endpoints and configuration binding are off in a build that does not ask for them.
            foreach (string path in Directory.GetFiles(folder, "*.dll").Where(static path => !path.Contains("RequestDelegate", StringComparison.Ordinal) && !path.Contains("Configuration.Binder", StringComparison.Ordinal)))
            {
                foreach (ISourceGenerator generator in new Microsoft.CodeAnalysis.Diagnostics.AnalyzerFileReference(path, loader).GetGenerators(LanguageNames.CSharp))
                    yield return generator;
            }
        }
    }

    private static MetadataReference[] References()
    {
        // The product's own libraries are compiled from source in one corpus, and referenced by the shops under their real name in the other.
        string paths = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. paths.Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path))];
    }
}
