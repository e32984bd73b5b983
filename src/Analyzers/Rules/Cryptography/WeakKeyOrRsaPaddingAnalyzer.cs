using System;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2004: an asymmetric key is too short (CWE-326), or RSA encrypts with PKCS #1 v1.5 padding (CWE-780).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WeakKeyOrRsaPaddingAnalyzer : PatternAnalyzer
{
    private const int LeastBits = 2048;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.WeakKeyOrRsaPadding);

    private protected override void Start(PatternRegistration registration)
    {
        KnownTypes known = KnownTypes.For(registration.Compilation);
        INamedTypeSymbol? rsa = known.Find("System.Security.Cryptography.RSA");
        INamedTypeSymbol? dsa = known.Find("System.Security.Cryptography.DSA");
        if (rsa is null)
            return;
        registration.OnOperation(operation => AnalyzeCall(operation, rsa, dsa), OperationKind.Invocation);
        registration.OnOperation(operation => AnalyzeCreation(operation, rsa, dsa), OperationKind.ObjectCreation);
        registration.OnOperation(operation => AnalyzeAssignment(operation, rsa, dsa), OperationKind.SimpleAssignment);
    }

    private static void AnalyzeCall(OperationAnalysisContext context, INamedTypeSymbol rsa, INamedTypeSymbol? dsa)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        if (method.Name == "Create" && method.IsStatic && (method.ContainingType.IsOrInherits(rsa) || method.ContainingType.IsOrInherits(dsa)))
        {
            CheckSize(context, call.FindArgument("keySizeInBits")?.Value);
            return;
        }

        if (!method.ContainingType.IsOrInherits(rsa) || method.Name is not ("Encrypt" or "TryEncrypt"))
            return;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            bool isPkcs1 = argument.Value is IPropertyReferenceOperation { Property: { Name: "Pkcs1", ContainingType.Name: "RSAEncryptionPadding" } };
            bool isNotOaep = argument.Parameter?.Name == "fOAEP" && argument.Value.TryGetConstant(out bool oaep) && !oaep;
            if (isPkcs1 || isNotOaep)
                Report(context, argument.Value.Syntax, "PKCS #1 v1.5 padding lets attackers decrypt with the help of error messages; use OAEP with SHA-256");
        }
    }

    private static void AnalyzeCreation(OperationAnalysisContext context, INamedTypeSymbol rsa, INamedTypeSymbol? dsa)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!creation.Type.IsOrInherits(rsa) && !creation.Type.IsOrInherits(dsa))
            return;
        CheckSize(context, creation.FindArgument("dwKeySize")?.Value ?? creation.FindArgument("keySize")?.Value);
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context, INamedTypeSymbol rsa, INamedTypeSymbol? dsa)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property.Name: "KeySize", Instance.Type: { } type } && (type.IsOrInherits(rsa) || type.IsOrInherits(dsa)))
            CheckSize(context, assignment.Value);
    }

    private static void CheckSize(OperationAnalysisContext context, IOperation? size)
    {
        if (size.TryGetConstant(out int bits) && bits is > 0 and < LeastBits)
            Report(context, size!.Syntax, "A key of " + bits.ToString(CultureInfo.InvariantCulture) + " bits is too short; use at least 2048, better 3072");
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode place, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.WeakKeyOrRsaPadding, place.GetLocation(), message));
}
