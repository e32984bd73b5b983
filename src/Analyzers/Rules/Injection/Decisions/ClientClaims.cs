using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.Decisions;

/// <summary>Finds in a condition what a client says about its own rights or origin.</summary>
internal sealed class ClientClaims(ClientTypes types, Compilation compilation)
{
    /// <summary>The text of a claim by the Host header, which code also asks for canonical addresses and response headers.</summary>
    public const string HostHeader = "the Host header";

    /// <summary>The text of a claim by a name that the owner of an address chooses; nothing but a decision compares it with a constant.</summary>
    public const string ReverseDns = "the name that reverse DNS gives";

    private const int MostSteps = 4;

    /// <summary>What the condition relies on, for the message; null when it relies on nothing of the kind, or on something that was verified too.</summary>
    public string? Find(IOperation condition)
    {
        // The user that signed in, or a signature, is asked as well.
        if (condition.DescendantsAndSelf().Any(static one => IsVerification(one)))
            return null;
        return Find(condition, 0);
    }

    private string? Find(IOperation condition, int steps)
    {
        if (steps > MostSteps)
            return null;
        switch (condition.WithoutConversions())
        {
            case IUnaryOperation unary:
                return Find(unary.Operand, steps);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.And or BinaryOperatorKind.Or } both:
                return Find(both.LeftOperand, steps) ?? Find(both.RightOperand, steps);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return Compared(comparison.LeftOperand, comparison.RightOperand) ?? Compared(comparison.RightOperand, comparison.LeftOperand);
            case IIsPatternOperation match:
                return Claim(match.Value, isCompared: true, steps);
            case IInvocationOperation call:
                return FindInCall(call, steps);
            case var value:
                return value.Type?.SpecialType == SpecialType.System_Boolean ? Claim(value, isCompared: false, steps) : null;
        }
    }

    private string? Compared(IOperation value, IOperation other)
    {
        if (other.WithoutConversions() is { ConstantValue.HasValue: false } and not (IFieldReferenceOperation or ILocalReferenceOperation { Local.IsConst: true } or IDefaultValueOperation))
            return null;
        return Claim(value, isCompared: other.WithoutConversions().ConstantValue is not { HasValue: true, Value: null }, 0);
    }

    private string? FindInCall(IInvocationOperation call, int steps)
    {
        switch (call.TargetMethod.Name)
        {
            case "Equals" or "StartsWith" or "EndsWith" or "Contains" or "Compare" or "Any" or "Exists" or "IsLoopback" when call.TargetMethod.Name != "IsLoopback" || call.TargetMethod.ContainingType.Name == "IPAddress":
                string? receiver = call.Receiver() is { } instance ? Claim(instance, isCompared: true, steps) : null;
                return receiver ?? call.Arguments.Select(argument => Claim(argument.Value, isCompared: true, steps)).FirstOrDefault(static claim => claim is not null);
            case "Parse" or "ToBoolean" or "TryParse" or "IsNullOrEmpty" or "IsNullOrWhiteSpace" when call.Arguments.Length > 0:
                return Claim(call.Arguments[0].Value, isCompared: call.TargetMethod.Name is not ("IsNullOrEmpty" or "IsNullOrWhiteSpace"), steps);
            case "ContainsKey" or "TryGetValue" when call.Instance is { } collection && types.IsRequest(Owner(collection)) && Key(call.Arguments[0].Value) is { } key:
                return ClientNames.ClaimsRights(key) ? Describe(key) : null;
        }

        // A method of the program that asks the question; its own return statement is reported where its name says so.
        IMethodSymbol method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        if (steps >= MostSteps || !method.IsInSource() || ClientNames.AsksForRights(method.Name))
            return null;
        return types.AnswerOf(method, steps, asked => FindInBody(asked, steps));
    }

    private string? FindInBody(IMethodSymbol method, int steps)
    {
        if (SourceIndex.For(compilation).Body(method) is not { } body)
            return null;
        var returned = new List<IOperation>();
        foreach (IOperation operation in body.Descendants())
        {
            if (IsVerification(operation))
                return null;
            if (operation is IReturnOperation { ReturnedValue: { } value })
                returned.Add(value);
        }

        foreach (IOperation value in returned)
        {
            if (Find(value, steps + 1) is { } claim)
                return claim;
        }

        return null;
    }

    /// <summary>What a client says in the value of an expression.</summary>
    private string? Claim(IOperation value, bool isCompared, int steps)
    {
        value = value.WithoutConversions();
        if (steps > MostSteps)
            return null;
        switch (value)
        {
            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } collection, Arguments: [var key] } when types.IsRequest(Owner(collection)) && Key(key.Value) is { } name:
                return Named(name, isCompared);
            case IPropertyReferenceOperation { Property: { Name: "HostName" } property } when types.IsHostEntry(property.ContainingType):
                return isCompared ? ReverseDns : null;
            case IPropertyReferenceOperation { Property: { Name: "Host" or "UserHostName" } property } when types.IsRequest(property.ContainingType):
                return isCompared ? HostHeader : null;
            case IPropertyReferenceOperation { Property: { Name: "UrlReferrer" } property } when types.IsRequest(property.ContainingType):
                return isCompared ? "the Referer header" : null;
            case IPropertyReferenceOperation { Property: { Name: "Referer" or "Host", ContainingType.Name: "IHeaderDictionary" or "RequestHeaders" } header }:
                return isCompared ? "the " + header.Name + " header" : null;
            case IPropertyReferenceOperation { Instance: { } inner, Property.Name: "Value" or "Host" or "FirstOrDefault" or "AbsoluteUri" or "Authority" }:
                return Claim(inner, isCompared, steps + 1);
            case IConditionalAccessOperation { Operation: { } accessed }:
                return Claim(accessed, isCompared, steps + 1);
            case ICoalesceOperation coalesce:
                return Claim(coalesce.Value, isCompared, steps + 1);
            case IInvocationOperation { TargetMethod: { Name: "ToString" or "Trim" or "ToLower" or "ToLowerInvariant" or "ToUpper" or "ToUpperInvariant" or "First" or "FirstOrDefault" or "Single" or "Split" or "Last" } } shaped when shaped.Receiver() is { } text:
                return Claim(text, isCompared, steps + 1);
            case IInvocationOperation { TargetMethod: { Name: "Parse" or "ToBoolean" or "ToInt32" }, Arguments: [var parsed, ..] }:
                return Claim(parsed.Value, isCompared: true, steps + 1);
            case ILocalReferenceOperation local:
                return Written(local, steps + 1).Select(write => Claim(write, isCompared, steps + 1)).FirstOrDefault(static claim => claim is not null) ?? OutArgument(local, isCompared);
            case IParameterReferenceOperation { Parameter: var parameter } when types.IsRequestParameter(parameter) && ClientNames.ClaimsRights(parameter.Name):
                return "the request parameter '" + parameter.Name + "'";
            case IConversionOperation conversion:
                return Claim(conversion.Operand, isCompared, steps + 1);
            case IBinaryOperation or IIsPatternOperation or IUnaryOperation:
                return Find(value, steps + 1);
            case IInvocationOperation call when call.TargetMethod.ReturnType.SpecialType == SpecialType.System_Boolean:
                return FindInCall(call, steps + 1);
            default:
                return null;
        }
    }

    private static string? Named(string name, bool isCompared)
    {
        if (ClientNames.ClaimsRights(name) || (isCompared && (ClientNames.ClaimsIdentity(name) || ClientNames.ClaimsLogin(name))))
            return Describe(name);
        return null;
    }

    private static string Describe(string name) => "what the client sends as '" + name + "'";

    /// <summary>The type whose property the collection of cookies, headers or fields is.</summary>
    private static INamedTypeSymbol? Owner(IOperation collection) => collection.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "Cookies" or "Headers" or "Query" or "Form" or "QueryString" or "Params" or "ServerVariables" } property }
        ? property.ContainingType
        : collection.Type as INamedTypeSymbol;

    private static string? Key(IOperation key) => key.WithoutConversions().ConstantValue is { HasValue: true, Value: string text } ? text : null;

    private IEnumerable<IOperation> Written(ILocalReferenceOperation local, int steps)
    {
        if (steps > MostSteps || SourceIndex.For(compilation).Surrounding(local) is not { } body)
            yield break;
        foreach (IOperation operation in body.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local):
                    yield return value;
                    break;
                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when SymbolEqualityComparer.Default.Equals(target.Local, local.Local):
                    yield return assignment.Value;
                    break;
            }
        }
    }

    /// <summary><c>Request.Headers.TryGetValue("X-Role", out var role)</c>, <c>bool.TryParse(Request.Query["admin"], out var admin)</c></summary>
    private string? OutArgument(ILocalReferenceOperation local, bool isCompared)
    {
        if (SourceIndex.For(compilation).Surrounding(local) is not { } body)
            return null;
        foreach (IInvocationOperation call in body.Descendants().OfType<IInvocationOperation>())
        {
            if (call.TargetMethod.Name is not ("TryGetValue" or "TryParse") || call.Arguments.Length < 2
                || !call.Arguments[call.Arguments.Length - 1].Value.DescendantsAndSelf().Any(one => one is ILocalReferenceOperation passed && SymbolEqualityComparer.Default.Equals(passed.Local, local.Local)))
            {
                continue;
            }

            if (call.TargetMethod.Name == "TryParse")
                return Claim(call.Arguments[0].Value, isCompared: true, 1);
            return call.Instance is { } collection && types.IsRequest(Owner(collection)) && Key(call.Arguments[0].Value) is { } key ? Named(key, isCompared) : null;
        }

        return null;
    }

    private static bool IsVerification(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => method.Name is "IsInRole" or "HasClaim" or "Unprotect" or "FixedTimeEquals" or "AuthorizeAsync" or "AuthenticateAsync" or "Decrypt"
            || method.Name.StartsWith("Verify", StringComparison.Ordinal) || method.Name.StartsWith("ValidateToken", StringComparison.Ordinal) || method.Name.StartsWith("ValidateSignature", StringComparison.Ordinal)
            || method.Name.IndexOf("Hmac", StringComparison.OrdinalIgnoreCase) >= 0,
        IPropertyReferenceOperation { Property: { Name: "IsAuthenticated", ContainingType.Name: "IIdentity" or "ClaimsIdentity" } } => true,
        _ => false,
    };
}
