using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>What a referenced value is called.</summary>
internal static class ReferenceName
{
    /// <summary>The name of a variable, member, entry or call; null for anything else.</summary>
    public static string? Of(IOperation? operation) => operation?.WithoutConversions() switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IFieldReferenceOperation field => field.Field.Name,
        IPropertyReferenceOperation { Property.IsIndexer: true } indexer => KeyOf(indexer),
        IPropertyReferenceOperation property when IsGeneric(property.Property.Name) => Of(property.Instance) ?? property.Property.Name,
        IPropertyReferenceOperation property => property.Property.Name,
        IConditionalAccessOperation access => Of(access.WhenNotNull),
        IConditionalAccessInstanceOperation => null,
        IAwaitOperation awaited => Of(awaited.Operation),
        ICoalesceOperation coalesce => Of(coalesce.Value),
        IInvocationOperation call => OfCall(call),
        IDynamicMemberReferenceOperation member => member.MemberName,
        IVariableDeclaratorOperation declarator => declarator.Symbol.Name,
        IDeclarationExpressionOperation declaration => Of(declaration.Expression),
        _ => null,
    };

    /// <summary>The variable or member that is referenced; null for anything else.</summary>
    public static ISymbol? SymbolOf(IOperation? operation) => operation?.WithoutConversions() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property,
        IDeclarationExpressionOperation declaration => SymbolOf(declaration.Expression),
        _ => null,
    };

    /// <summary>The constant key of an indexer: <c>config["Smtp:Password"]</c>.</summary>
    public static string? KeyOf(IPropertyReferenceOperation indexer) =>
        indexer.Arguments.Length == 1 && indexer.Arguments[0].Value.WithoutConversions().ConstantValue is { HasValue: true, Value: string key } ? key.TrimStart('@', ':', '$') : null;

    /// <summary>What a method returns, by its name: <c>GetPassword</c> gives a password, <c>ResetPassword</c> does not.</summary>
    public static string? OfMethod(IMethodSymbol method)
    {
        foreach (string verb in s_gettingVerbs)
        {
            if (method.Name.StartsWith(verb, StringComparison.Ordinal) && method.Name.Length > verb.Length)
                return method.Name.Substring(verb.Length);
        }

        return method.MethodKind == MethodKind.LocalFunction || StartsWithNoun(method.Name) ? method.Name : null;
    }

    private static readonly string[] s_gettingVerbs = ["Get", "Load", "Fetch", "Read", "Provide", "Resolve", "Retrieve", "Obtain", "Default"];

    private static bool StartsWithNoun(string name) =>
        name.StartsWith("Password", StringComparison.Ordinal) || name.StartsWith("ApiKey", StringComparison.Ordinal) || name.StartsWith("Secret", StringComparison.Ordinal);

    private static string? OfCall(IInvocationOperation call)
    {
        // GetValue<string>("Smtp:Password"), GetEnvironmentVariable("DB_PASSWORD"), ReadPassword(): the constant argument says more than the verb.
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value.WithoutConversions().ConstantValue is { HasValue: true, Value: string { Length: > 1 } key }
                && argument.Parameter?.Name is "key" or "name" or "variable" or "header" or "claimType" or "type" or "section" or "path")
                return key;
        }

        if (call.Instance is not null && TransparentCalls.PassesReceiver(call))
            return Of(call.Instance);
        if (call.Arguments.Length > 0 && TransparentCalls.PassesArgument(call, call.Arguments[0]))
            return Of(call.Arguments[0].Value);
        return OfMethod(call.TargetMethod);
    }

    private static bool IsGeneric(string name) => name is "Value" or "Text" or "Content" or "Data" or "Result" or "Span" or "Memory" or "Length";
}
