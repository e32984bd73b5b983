using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2002: data is encrypted or signed with a broken or obsolete algorithm (CWE-327).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WeakCipherAnalyzer : PatternAnalyzer
{
    private static readonly ImmutableArray<string> s_types = ImmutableArray.Create(
        "System.Security.Cryptography.DES", "System.Security.Cryptography.TripleDES", "System.Security.Cryptography.RC2", "System.Security.Cryptography.DSA");

    private static readonly ImmutableArray<string> s_names = ImmutableArray.Create("DES", "TripleDES", "3DES", "RC2", "DSA");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.WeakCipher);

    private protected override void Start(PatternRegistration registration)
    {
        KnownTypes known = KnownTypes.For(registration.Compilation);
        ImmutableArray<INamedTypeSymbol>.Builder weak = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        foreach (string name in s_types)
        {
            if (known.Find(name) is { } type)
                weak.Add(type);
        }

        if (weak.Count == 0)
            return;
        ImmutableArray<INamedTypeSymbol> types = weak.ToImmutable();
        registration.OnOperation(operation => AnalyzeCall(operation, types), OperationKind.Invocation);
        registration.OnOperation(operation => AnalyzeCreation(operation, types), OperationKind.ObjectCreation);
    }

    private static void AnalyzeCall(OperationAnalysisContext context, ImmutableArray<INamedTypeSymbol> types)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        if (!method.IsStatic || method.Name is not ("Create" or "CreateFromName"))
            return;
        if (IsWeak(method.ContainingType, types))
            Report(context, method.ContainingType.Name);
        else if (call.Arguments.Length > 0 && method.ContainingNamespace.IsNamed("System.Security.Cryptography")
            && call.Arguments[0].Value.TryGetConstant(out string? name) && name is not null && s_names.Contains(name, StringComparer.OrdinalIgnoreCase))
            Report(context, name);
    }

    private static void AnalyzeCreation(OperationAnalysisContext context, ImmutableArray<INamedTypeSymbol> types)
    {
        ITypeSymbol? type = context.Operation.Type;
        bool isEngine = type is { Name: "DesEngine" or "DesEdeEngine" or "RC2Engine" or "RC4Engine" or "BlowfishEngine" } && type.ContainingNamespace.IsNamed("Org.BouncyCastle.Crypto.Engines");
        if (isEngine || IsWeak(type, types))
            Report(context, type!.Name);
    }

    private static bool IsWeak(ITypeSymbol? type, ImmutableArray<INamedTypeSymbol> types)
    {
        foreach (INamedTypeSymbol weak in types)
        {
            if (type.IsOrInherits(weak))
                return true;
        }

        return false;
    }

    private static void Report(OperationAnalysisContext context, string name) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.WeakCipher, context.Operation.Syntax.GetLocation(), name));
}
