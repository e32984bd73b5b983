using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2003: ECB mode, or an authentication tag that is too short (CWE-327).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InsecureCipherModeAnalyzer : PatternAnalyzer
{
    private const int Ecb = 2;
    private const int LeastTagBytes = 12;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.InsecureCipherMode);

    private protected override void Start(PatternRegistration registration)
    {
        KnownTypes known = KnownTypes.For(registration.Compilation);
        INamedTypeSymbol? symmetric = known.Find("System.Security.Cryptography.SymmetricAlgorithm");
        INamedTypeSymbol? gcm = known.Find("System.Security.Cryptography.AesGcm");
        if (symmetric is null)
            return;
        registration.OnOperation(operation => AnalyzeMode(operation, symmetric), OperationKind.SimpleAssignment);
        registration.OnOperation(operation => AnalyzeCall(operation, symmetric), OperationKind.Invocation);
        if (gcm is not null)
            registration.OnOperation(operation => AnalyzeTag(operation, gcm), OperationKind.ObjectCreation);
    }

    private static void AnalyzeMode(OperationAnalysisContext context, INamedTypeSymbol symmetric)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property: { Name: "Mode" } property }
            && property.ContainingType.IsOrInherits(symmetric)
            && assignment.Value.TryGetConstant(out int mode) && mode == Ecb)
        {
            Report(context, assignment.Value.Syntax, "ECB encrypts equal blocks to equal blocks; use AesGcm, or CBC with a random vector and a MAC");
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context, INamedTypeSymbol symmetric)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name is "EncryptEcb" or "TryEncryptEcb" && call.TargetMethod.ContainingType.IsOrInherits(symmetric))
            Report(context, call.Syntax, "ECB encrypts equal blocks to equal blocks; use AesGcm, or CBC with a random vector and a MAC");
    }

    private static void AnalyzeTag(OperationAnalysisContext context, INamedTypeSymbol gcm)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (SymbolEqualityComparer.Default.Equals(creation.Type, gcm)
            && creation.FindArgument("tagSizeInBytes")?.Value is { } size
            && size.TryGetConstant(out int bytes) && bytes is > 0 and < LeastTagBytes)
        {
            Report(context, size.Syntax, "A tag of " + bytes.ToString(System.Globalization.CultureInfo.InvariantCulture) + " bytes can be forged by trying; use 16");
        }
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode place, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.InsecureCipherMode, place.GetLocation(), message));
}
