using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.CompilationCost;

/// <summary>Loads each product's assemblies in a context of its own, as compilers do.</summary>
internal sealed class FolderAssemblyLoader(string name, string folder) : IAnalyzerAssemblyLoader
{
    private readonly FolderContext _context = new(name, folder);

    public void AddDependencyLocation(string fullPath)
    {
        // Dependencies lie in the folder.
    }

    public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);

    private sealed class FolderContext(string name, string folder) : AssemblyLoadContext(name)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The compiler's own assemblies must be the harness's, or its types would not be the ones the analyzers implement.
            if (assemblyName.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && IsCompiler(assemblyName.Name))
                return null;
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        private static bool IsCompiler(string name) => name is "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp"
            or "Microsoft.CodeAnalysis.Workspaces" or "Microsoft.CodeAnalysis.CSharp.Workspaces";
    }
}
