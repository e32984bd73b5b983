using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>
/// STC4003: a configuration file that the project hands to the compiler as an additional file holds a credential (CWE-260):
/// appsettings*.json, launchSettings.json, *.config, .env, *.runsettings and the like.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SecretsInConfigAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The most characters of a file that is read: configuration is written by hand.</summary>
    private const int MostCharacters = 4 * 1024 * 1024;

    private static readonly string[] s_extensions = [".config", ".env", ".runsettings", ".pubxml", ".publishsettings", ".ini", ".properties", ".yml", ".yaml"];
    private static readonly string[] s_jsonNames = ["appsettings", "settings", "config", "secrets", "connectionstrings", "credentials"];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.SecretsInConfig);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        if (context is null)
            throw new ArgumentNullException(nameof(context));
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(Analyze);
    }

    /// <summary>Whether a file is configuration, by its name.</summary>
    internal static bool IsConfiguration(string path)
    {
        string name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        if (name.StartsWith(".env", StringComparison.OrdinalIgnoreCase) || Array.Exists(s_extensions, extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))
            return true;
        return name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && Array.Exists(s_jsonNames, part => name.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static void Analyze(AdditionalFileAnalysisContext context)
    {
        if (!IsConfiguration(context.AdditionalFile.Path) || context.AdditionalFile.GetText(context.CancellationToken) is not { Length: <= MostCharacters } source)
            return;
        foreach (ConfigurationSecret secret in ConfigurationScanner.Scan(source.ToString(), context.AdditionalFile.Path))
        {
            var span = new TextSpan(secret.Match.Start, secret.Match.Length);
            context.ReportDiagnostic(Diagnostic.Create(
                RuleCatalogue.SecretsInConfig,
                Location.Create(context.AdditionalFile.Path, span, source.Lines.GetLinePositionSpan(span)),
                secret.Name,
                SecretVerdict.Of(secret.Match, secret.Name).Description,
                "dotnet user-secrets set \"" + secret.Name + "\" VALUE"));
        }
    }
}
