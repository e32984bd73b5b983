using System;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2007: PBKDF2 with too few iterations for its hash (CWE-916). Constant salts are found by flow, see <see cref="ConstantSalt"/>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WeakKeyDerivationAnalyzer : PatternAnalyzer
{
    // OWASP Password Storage Cheat Sheet, 2023 revision: what makes each hash cost an attacker about the same.
    private const int Sha1Iterations = 1_300_000;
    private const int Sha256Iterations = 600_000;
    private const int Sha512Iterations = 210_000;
    private const int DefaultIterations = 1_000;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.WeakKeyDerivation);

    private protected override void Start(PatternRegistration registration)
    {
        KnownTypes known = KnownTypes.For(registration.Compilation);
        INamedTypeSymbol? derive = known.Find("System.Security.Cryptography.Rfc2898DeriveBytes");
        INamedTypeSymbol? keyDerivation = known.Find("Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation");
        if (derive is null && keyDerivation is null)
            return;
        registration.OnOperation(operation => AnalyzeCreation(operation, derive), OperationKind.ObjectCreation);
        registration.OnOperation(operation => AnalyzeCall(operation, derive, keyDerivation), OperationKind.Invocation);
    }

    private static void AnalyzeCreation(OperationAnalysisContext context, INamedTypeSymbol? derive)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!SymbolEqualityComparer.Default.Equals(creation.Type, derive) || TestSyntax.Contains(creation.Syntax))
            return;
        IOperation? iterations = creation.FindArgument("iterations")?.Value;
        Check(context, creation.Syntax, iterations, HashOf(creation.FindArgument("hashAlgorithm")?.Value) ?? "SHA1");
    }

    private static void AnalyzeCall(OperationAnalysisContext context, INamedTypeSymbol? derive, INamedTypeSymbol? keyDerivation)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name != "Pbkdf2" || TestSyntax.Contains(call.Syntax))
            return;
        INamedTypeSymbol type = call.TargetMethod.ContainingType;
        if (SymbolEqualityComparer.Default.Equals(type, derive))
            Check(context, call.Syntax, call.FindArgument("iterations")?.Value, HashOf(call.FindArgument("hashAlgorithm")?.Value));
        else if (SymbolEqualityComparer.Default.Equals(type, keyDerivation))
            Check(context, call.Syntax, call.FindArgument("iterationCount")?.Value, HashOf(call.FindArgument("prf")?.Value));
    }

    private static string? HashOf(IOperation? algorithm)
    {
        string? name = algorithm?.WithoutConversions() switch
        {
            IPropertyReferenceOperation property => property.Property.Name,
            IFieldReferenceOperation field => field.Field.Name,
            _ => null,
        };
        return name?.Replace("HMAC", string.Empty);
    }

    private static void Check(OperationAnalysisContext context, SyntaxNode call, IOperation? iterations, string? hash)
    {
        int count = DefaultIterations;
        if (iterations is not null && !iterations.TryGetConstant(out count))
            return;
        int? least = hash switch
        {
            "SHA1" or "MD5" => Sha1Iterations,
            "SHA256" or "SHA3_256" => Sha256Iterations,
            "SHA384" or "SHA512" or "SHA3_384" or "SHA3_512" => Sha512Iterations,
            _ => null,
        };
        if (least is not { } wanted || count >= wanted)
            return;
        string message = "PBKDF2 with " + hash + " needs " + wanted.ToString("N0", CultureInfo.InvariantCulture) + " iterations, not " + count.ToString("N0", CultureInfo.InvariantCulture);
        context.ReportDiagnostic(Diagnostic.Create(
            RuleCatalogue.WeakKeyDerivation,
            (iterations?.Syntax ?? call).GetLocation(),
            ImmutableDictionary<string, string?>.Empty.Add("iterations", wanted.ToString(CultureInfo.InvariantCulture)),
            message));
    }
}
