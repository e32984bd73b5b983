using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Testing;

/// <summary>References to every assembly that the test process itself was started with: the framework, ASP.NET Core and the test's packages.</summary>
public static class TestReferences
{
    private static readonly Lazy<IReadOnlyList<MetadataReference>> s_all = new(Load);

    /// <summary>All of them; made once, because reading metadata is most of a small test's time.</summary>
    public static IReadOnlyList<MetadataReference> All => s_all.Value;

    private static MetadataReference[] Load()
    {
        string paths = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")
            ?? throw new InvalidOperationException("The host gives no list of platform assemblies.");
        return paths.Split(Path.PathSeparator)
            .Where(static path => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            .Where(static path => !Path.GetFileName(path).StartsWith("SecurityToolchain.Analyzers", StringComparison.Ordinal)
                && !Path.GetFileName(path).StartsWith("SecurityToolchain.CodeFixes", StringComparison.Ordinal))
            .Select(static path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToArray();
    }
}
