using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Cryptography;

/// <summary>STC2010: a keyed hash, signature or API key is compared with a method that stops at the first difference (CWE-208).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TimingUnsafeCompareAnalyzer : PatternAnalyzer
{
    private const int MostSteps = 10;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.TimingUnsafeCompare);

    private protected override void Start(PatternRegistration registration)
    {
        if (KnownTypes.For(registration.Compilation).Find("System.Security.Cryptography.CryptographicOperations") is not null)
            registration.OnBlock(Analyze);
    }

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        BodyLocals? locals = null;
        foreach (IOperation operation in context.OperationBlocks.SelectMany(static body => body.Descendants()))
        {
            if (Operands(operation) is not var (left, right))
                continue;
            locals ??= BodyLocals.Read(context.OperationBlocks);
            if (!IsOpen(left) || !IsOpen(right))
                continue;
            string? secret = Secret(left, locals, MostSteps) ?? Secret(right, locals, MostSteps);
            if (secret is not null && !TestSyntax.Contains(operation.Syntax))
                context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.TimingUnsafeCompare, operation.Syntax.GetLocation(), secret));
        }
    }

    /// <summary>The two sides of a comparison of text or bytes.</summary>
    private static (IOperation Left, IOperation Right)? Operands(IOperation operation)
    {
        switch (operation)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when comparison.LeftOperand.Type?.SpecialType == SpecialType.System_String && comparison.RightOperand.Type?.SpecialType == SpecialType.System_String:
                return (comparison.LeftOperand, comparison.RightOperand);
            case IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String, IsStatic: true } } call when call.Arguments.Length >= 2:
                return (call.Arguments[0].Value, call.Arguments[1].Value);
            case IInvocationOperation { TargetMethod: { Name: "Equals", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } instance } call when call.Arguments.Length >= 1:
                return (instance, call.Arguments[0].Value);
            case IInvocationOperation { TargetMethod.Name: "SequenceEqual" } call when call.Arguments.Length == 2 && IsBytes(call.Arguments[0].Value.WithoutConversions().Type):
                return (call.Arguments[0].Value, call.Arguments[1].Value);
            case IInvocationOperation { TargetMethod.Name: "SequenceEqual", Instance: { } span } call when call.Arguments.Length == 1 && IsBytes(span.Type):
                return (span, call.Arguments[0].Value);
            default:
                return null;
        }
    }

    private static bool IsBytes(ITypeSymbol? type) => SecretTypes.Classify(type) == SecretShape.Bytes;

    /// <summary>A comparison with null or a constant tells an attacker nothing about a secret that varies.</summary>
    private static bool IsOpen(IOperation operand) =>
        !operand.ConstantValue.HasValue && operand.WithoutConversions() is { ConstantValue.HasValue: false } and not IFieldReferenceOperation { Field: { Name: "Empty", ContainingType.SpecialType: SpecialType.System_String } };

    /// <summary>What an operand is when it is a secret: computed under a key, or named so.</summary>
    private static string? Secret(IOperation operand, BodyLocals locals, int steps)
    {
        operand = operand.WithoutConversions();
        if (steps == 0)
            return null;
        switch (operand)
        {
            case IInvocationOperation { TargetMethod: { Name: "HashData" or "ComputeHash" } method } call:
                return method.ContainingType.BaseType?.Name == "HMAC" || Taint.Sanitizers.KeyedReceiver.IsKeyed(call) ? "the message authentication code" : null;
            case IInvocationOperation call:
                IOperation? inner = call.Receiver();
                string? found = inner is null ? null : Secret(inner, locals, steps - 1);
                for (int i = 0; found is null && i < call.Arguments.Length && call.TargetMethod.ContainingNamespace.Name is "System" or "Text" or "Linq"; i++)
                    found = Secret(call.Arguments[i].Value, locals, steps - 1);
                return found;
            case ILocalReferenceOperation local:
                string? origin = locals.TryInitializer(local.Local, out IOperation? initializer) ? Secret(initializer, locals, steps - 1) : null;
                return origin is null ? Named(local.Local.Name) : local.Local.Name;
            case IParameterReferenceOperation parameter:
                return Named(parameter.Parameter.Name);
            case IMemberReferenceOperation { Member: IFieldSymbol or IPropertySymbol } member:
                return Named(member.Member.Name);
            default:
                return null;
        }
    }

    private static string? Named(string name)
    {
        List<string> words = IdentifierWords.Split(name);
        if (words.Count == 0)
            return null;
        string head = words[words.Count - 1];
        bool isSecret = head switch
        {
            "hmac" or "apikey" => true,
            "signature" => words.Exists(static word => word is "expected" or "computed" or "actual" or "calculated" or "webhook" or "request" or "hmac"),
            "mac" => words.Exists(static word => word is "expected" or "computed" or "actual" or "calculated"),
            "key" => words.Exists(static word => word is "api"),
            "hash" => words.Exists(static word => word is "password" or "hmac"),
            "secret" => words.Exists(static word => word is "webhook" or "client" or "shared" or "api"),
            _ => false,
        };
        return isSecret ? name : null;
    }
}
