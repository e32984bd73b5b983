using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.PathChecks;

/// <summary>Checks that look for <c>..</c> in a path and for nothing else, and checks of text that is decoded afterwards.</summary>
internal static class DotFilter
{
    /// <summary>Whether a call looks for dots.</summary>
    public static bool IsFilter(IInvocationOperation call) =>
        call.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: string part } }, ..] && part is ".." or "../" or "..\\" or "/.." or "\\..";

    /// <summary>Whether the filtered text goes into Path.Combine or straight to a file, and nothing refuses absolute paths.</summary>
    public static bool LetsAbsolutePathsThrough(IInvocationOperation call, IOperation text, SourceIndex index)
    {
        if (SymbolOf(text) is not { } symbol || index.Surrounding(call) is not { } body)
            return false;
        if (IsUsedAsWholePath(body, symbol))
            return !HasOtherCheck(body, symbol, call);

        // bool IsSafe(string name) => !name.Contains(".."), asked by the method that uses the name.
        if (symbol is not IParameterSymbol { ContainingSymbol: IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean } method } parameter || HasOtherCheck(body, symbol, call))
            return false;
        foreach (IOperation caller in index.CallsOf(method))
        {
            if (caller is IInvocationOperation asked && asked.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == parameter.Ordinal)?.Value is { } argument
                && SymbolOf(argument) is { } passed && index.Surrounding(asked) is { } surrounding && IsUsedAsWholePath(surrounding, passed) && !HasOtherCheck(surrounding, passed, asked))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a decoded text was checked as a path before, and its decoded form becomes one.</summary>
    public static bool IsDecodedAfterCheck(IInvocationOperation call, SourceIndex index)
    {
        if (call.TargetMethod.ContainingType.Name is not ("Uri" or "WebUtility" or "HttpUtility" or "HttpServerUtility" or "HttpServerUtilityBase")
            || SymbolOf(call.Arguments[0].Value) is not { } symbol || index.Surrounding(call) is not { } body)
        {
            return false;
        }

        bool isChecked = body.Descendants().OfType<IInvocationOperation>().Any(one =>
            one.Syntax.SpanStart < call.Syntax.SpanStart && one.Instance is { } checkedText && Is(checkedText, symbol)
            && (one.TargetMethod.Name is "Contains" or "IndexOf" && IsFilter(one) || one.TargetMethod.Name == "IndexOfAny"));
        if (!isChecked)
            return false;
        ISymbol? target = TargetOf(call);
        return IsInPath(call) || target is not null && (IsUsedAsWholePath(body, target) || body.Descendants().Any(one => one is IArgumentOperation argument && IsInPath(argument.Value) && Mentions(argument.Value, target)));
    }

    /// <summary>The variable that a call's result is kept in.</summary>
    private static ISymbol? TargetOf(IOperation call) => call.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
        ISimpleAssignmentOperation assignment => SymbolOf(assignment.Target),
        _ => null,
    };

    /// <summary>Whether the variable is a later argument of Path.Combine, or the path of a file by itself.</summary>
    private static bool IsUsedAsWholePath(IOperation body, ISymbol symbol) => body.Descendants().OfType<IArgumentOperation>().Any(argument =>
        Is(argument.Value, symbol) && argument.Parent switch
        {
            IInvocationOperation { TargetMethod: { Name: "Combine", ContainingType: { Name: "Path", ContainingNamespace.Name: "IO" } } } => argument.Parameter is { Ordinal: > 0 },
            IInvocationOperation { TargetMethod.ContainingType: { Name: "File" or "Directory", ContainingNamespace.Name: "IO" } } => argument.Parameter?.Ordinal == 0,
            IObjectCreationOperation { Type: { Name: "FileStream" or "StreamReader" or "StreamWriter" or "FileInfo", ContainingNamespace.Name: "IO" } } => argument.Parameter?.Ordinal == 0,
            _ => false,
        })
        || body.Descendants().OfType<IArrayCreationOperation>().Any(array => array.Initializer is { } parts && parts.ElementValues.Skip(1).Any(part => Is(part, symbol))
            && array.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "Combine", ContainingType.Name: "Path" } } });

    /// <summary>Whether something else in the body refuses absolute paths: a look at separators, the root, the file name or the canonical path.</summary>
    private static bool HasOtherCheck(IOperation body, ISymbol symbol, IOperation except) => body.Descendants().Any(one => one != except && one switch
    {
        IInvocationOperation { TargetMethod: { ContainingType: { Name: "Path", ContainingNamespace.Name: "IO" }, Name: "IsPathRooted" or "IsPathFullyQualified" or "GetFileName" or "GetFullPath" or "GetRelativePath" or "GetPathRoot" } } => true,
        IInvocationOperation { TargetMethod.Name: "GetInvalidFileNameChars" } => true,
        IInvocationOperation { Instance: { } text, TargetMethod.Name: "IndexOfAny" or "StartsWith" or "EndsWith" or "TrimStart" or "All" or "IndexOf" } => Is(text, symbol),
        IInvocationOperation { Instance: { } text, TargetMethod.Name: "Contains" } contains => Is(text, symbol) && !IsFilter(contains),
        IInvocationOperation { TargetMethod: { Name: "IsMatch" or "Contains" or "All" or "TryGetValue" or "ContainsKey" or "TryParse" } } => one.ChildOperations.Any(child => child is IArgumentOperation argument && Mentions(argument.Value, symbol)),
        _ => false,
    });

    private static bool IsInPath(IOperation operation)
    {
        for (IOperation? parent = operation.Parent; parent is IArgumentOperation or IConversionOperation or IBinaryOperation or IInterpolationOperation or IInterpolatedStringOperation or IInvocationOperation or IObjectCreationOperation; parent = parent.Parent)
        {
            INamedTypeSymbol? type = parent switch
            {
                IInvocationOperation call => call.TargetMethod.ContainingType,
                IObjectCreationOperation creation => creation.Constructor?.ContainingType,
                _ => null,
            };
            if (type is { Name: "Path" or "File" or "Directory" or "FileStream" or "StreamReader" or "FileInfo", ContainingNamespace.Name: "IO" })
                return true;
        }

        return false;
    }

    private static bool Mentions(IOperation operation, ISymbol symbol) => operation.DescendantsAndSelf().Any(one => Is(one, symbol));

    private static bool Is(IOperation operation, ISymbol symbol) => SymbolEqualityComparer.Default.Equals(SymbolOf(operation), symbol);

    private static ISymbol? SymbolOf(IOperation operation) => operation.WithoutConversions() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } => property,
        IFieldReferenceOperation field => field.Field,
        IConditionalAccessInstanceOperation => null,
        _ => null,
    };
}
