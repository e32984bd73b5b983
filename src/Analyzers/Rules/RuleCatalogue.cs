using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules;

/// <summary>
/// Every descriptor of the product. The parts of this class hold one weakness family each
/// (<c>RuleCatalogue.Injection.cs</c>, <c>RuleCatalogue.Cryptography.cs</c> ...).
/// </summary>
internal static partial class RuleCatalogue
{
    private const string HelpLinkFormat = "https://github.com/securitytoolchain/securitytoolchain/blob/main/docs/rules/{0}.md";

    /// <summary>Creates a descriptor that carries its family, weaknesses and precision as custom tags.</summary>
    /// <param name="id">The stable id, <c>STC</c> and four digits, from the range of <paramref name="category"/>.</param>
    /// <param name="title">A short name of the weakness.</param>
    /// <param name="messageFormat">The message; names the thing and what to use instead.</param>
    /// <param name="category">A category of <c>DiagnosticCategoryAndIdRanges.txt</c>.</param>
    /// <param name="defaultSeverity">The severity without any configuration.</param>
    /// <param name="isEnabledByDefault">Whether the rule runs without any configuration.</param>
    /// <param name="family">The family's name in kebab case, for example <c>sql-injection</c>; becomes a custom tag.</param>
    /// <param name="cwes">CWE numbers, the most specific first; each becomes a custom tag <c>CWE-nn</c>.</param>
    /// <param name="precision">The measured precision; becomes a custom tag <c>precision:...</c>.</param>
    /// <param name="description">What the rule looks for, in one or two sentences.</param>
    /// <param name="reportedAtCompilationEnd">Whether some findings come only when the whole compilation is known.</param>
    private static DiagnosticDescriptor Create(
        string id,
        string title,
        string messageFormat,
        string category,
        DiagnosticSeverity defaultSeverity,
        bool isEnabledByDefault,
        string family,
        int[] cwes,
        Precision precision,
        string description,
        bool reportedAtCompilationEnd = false)
    {
        var tags = new List<string>(cwes.Length + 4) { WellKnownDiagnosticTags.Telemetry, "Security", family };
        foreach (int cwe in cwes)
            tags.Add("CWE-" + cwe.ToString(CultureInfo.InvariantCulture));
        tags.Add("precision:" + precision.ToString());
        if (reportedAtCompilationEnd)
            tags.Add(WellKnownDiagnosticTags.CompilationEnd);

        return new DiagnosticDescriptor(
            id,
            title,
            messageFormat,
            category,
            defaultSeverity,
            isEnabledByDefault,
            description,
            helpLinkUri: string.Format(CultureInfo.InvariantCulture, HelpLinkFormat, id),
            customTags: tags.ToArray());
    }
}
