using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using SecurityToolchain.Analyzers.Rules;

namespace SecurityToolchain.RuleTool;

/// <summary>A descriptor of the catalogue together with what lies beside it.</summary>
/// <param name="Descriptor">The descriptor.</param>
/// <param name="Family">The family's name, its third custom tag.</param>
/// <param name="Weaknesses">Tags of the form <c>CWE-nn</c>, the most specific first.</param>
/// <param name="HasFix">Whether a code fix names the id.</param>
internal sealed record CatalogueRule(DiagnosticDescriptor Descriptor, string Family, IReadOnlyList<string> Weaknesses, bool HasFix)
{
    // RuleCatalogue.Create writes the tags "Telemetry", "Security", the family, then the weaknesses.
    private const int FamilyTag = 2;

    /// <summary>All rules of the catalogue, by id.</summary>
    public static IReadOnlyList<CatalogueRule> ReadAll()
    {
        HashSet<string> fixable = [.. FixableIds()];
        return
        [
            .. typeof(RuleCatalogue).GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(static field => field.FieldType == typeof(DiagnosticDescriptor))
                .Select(static field => (DiagnosticDescriptor)field.GetValue(null)!)
                .OrderBy(static descriptor => descriptor.Id, StringComparer.Ordinal)
                .Select(descriptor => Read(descriptor, fixable.Contains(descriptor.Id))),
        ];
    }

    private static CatalogueRule Read(DiagnosticDescriptor descriptor, bool hasFix)
    {
        string[] tags = [.. descriptor.CustomTags];
        return new CatalogueRule(
            descriptor,
            tags.Length > FamilyTag ? tags[FamilyTag] : string.Empty,
            [.. tags.Where(static tag => tag.StartsWith("CWE-", StringComparison.Ordinal))],
            hasFix);
    }

    private static IEnumerable<string> FixableIds() =>
        Assembly.Load("SecurityToolchain.CodeFixes").GetTypes()
            .Where(static type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
            .SelectMany(static type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds);
}
