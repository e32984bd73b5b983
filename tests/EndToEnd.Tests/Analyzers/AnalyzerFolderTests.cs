using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using SecurityToolchain.Tooling;

namespace SecurityToolchain.EndToEnd.Tests.Analyzers;

/// <summary>Other hosts load the analyzers from the build's output folder, so that folder must be complete.</summary>
public sealed class AnalyzerFolderTests
{
    private static readonly Repository s_repository = Repository.Find();

    [Theory]
    [InlineData("Analyzers")]
    [InlineData("CodeFixes")]
    public void Folder_HoldsEveryDependencyButTheCompiler(string project)
    {
        var missing = new List<string>();
        foreach (string path in Directory.GetFiles(Folder(project), "*.dll"))
        {
            using var image = new PEReader(File.OpenRead(path));
            MetadataReader metadata = image.GetMetadataReader();
            missing.AddRange(metadata.AssemblyReferences
                .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
                .Where(name => !IsOfTheHost(name) && !File.Exists(Path.Combine(Folder(project), name + ".dll")))
                .Select(name => $"{Path.GetFileName(path)} needs {name}"));
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task Analyzers_LoadFromTheFolderAlone_AndReport()
    {
        var loader = new Loader(Folder("Analyzers"));
        DiagnosticAnalyzer[] analyzers =
        [
            .. Directory.GetFiles(Folder("Analyzers"), "*.dll").SelectMany(path =>
            {
                var reference = new AnalyzerFileReference(path, loader);
                reference.AnalyzerLoadFailed += (_, failure) => throw new InvalidOperationException(failure.Message, failure.Exception);
                return reference.GetAnalyzers(LanguageNames.CSharp);
            }),
        ];
        Assert.NotEmpty(analyzers);

        string[] framework = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText("""class A { void M(string path) { if (!System.IO.File.Exists(path)) System.IO.File.WriteAllText(path, ""); } }""", cancellationToken: TestContext.Current.CancellationToken)],
            framework.Select(static path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var found = await compilation.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

        Assert.Equal("STC5001", Assert.Single(found).Id);
    }

    private static string Folder(string project)
    {
        // Debug or Release, whichever this test was built in.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return s_repository.Path("src", project, "bin", configuration, "netstandard2.0");
    }

    private static bool IsOfTheHost(string name) => name is "netstandard" or "mscorlib"
        or "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp" or "Microsoft.CodeAnalysis.Workspaces" or "Microsoft.CodeAnalysis.CSharp.Workspaces"
        or "System.Collections.Immutable" or "System.Reflection.Metadata" or "System.Composition.AttributedModel" or "System.Memory" or "System.Buffers" or "System.Runtime.CompilerServices.Unsafe";

    private sealed class Loader(string folder) : AssemblyLoadContext("analyzers of the test"), IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // Everything lies in the folder.
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        Assembly IAnalyzerAssemblyLoader.LoadFromPath(string fullPath) => LoadFromAssemblyPath(fullPath);
    }
}
