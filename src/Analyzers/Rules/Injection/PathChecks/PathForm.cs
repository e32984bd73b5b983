using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.PathChecks;

/// <summary>What is known about the text of a path: whether it is canonical, and whether it ends in a separator.</summary>
internal sealed class PathForm(SourceIndex index)
{
    private const int MostSteps = 6;

    /// <summary>Whether a constant prefix is a folder from the root on, and not a scheme, a route or a marker.</summary>
    public static bool IsRoot(string text) =>
        text.Length > 2 && (text[0] is '/' or '\\' || text[1] == ':') && text[text.Length - 1] is not ('/' or '\\') && !text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>How a path was made.</summary>
    public PathOrigin OriginOf(IOperation path) => OriginOf(path, 0);

    private PathOrigin OriginOf(IOperation path, int steps)
    {
        path = path.WithoutConversions();
        if (steps > MostSteps)
            return PathOrigin.Other;
        switch (path)
        {
            case IInvocationOperation { TargetMethod: { ContainingType: { Name: "Path", ContainingNamespace.Name: "IO" }, Name: var name } }:
                return name switch
                {
                    "GetFullPath" => PathOrigin.Canonical,
                    "Combine" or "Join" => PathOrigin.Combined,
                    _ => PathOrigin.Other,
                };
            case IInvocationOperation { TargetMethod: { Name: "Replace" or "Trim" or "TrimEnd" or "ToLower" or "ToLowerInvariant" or "ToUpperInvariant" or "Normalize", ContainingType.SpecialType: SpecialType.System_String }, Instance: { } text }:
                return OriginOf(text, steps + 1);
            case IInvocationOperation { TargetMethod: var called } when called.IsInSource():
                return Returned(called).Select(value => OriginOf(value, steps + 1)).DefaultIfEmpty(PathOrigin.Other).Max();
            case IPropertyReferenceOperation { Property: { Name: "FullName", ContainingType.Name: "FileSystemInfo" or "FileInfo" or "DirectoryInfo" } }:
                return PathOrigin.Canonical;
            case ILocalReferenceOperation local:
                return WritesTo(local.Local, local).Select(value => OriginOf(value, steps + 1)).DefaultIfEmpty(PathOrigin.Other).Max();
            default:
                return PathOrigin.Other;
        }
    }

    /// <summary>Whether a folder certainly ends in a separator on some way; a conditional that appends one counts.</summary>
    public bool EndsInSeparator(IOperation folder) => EndsInSeparator(folder, 0);

    private bool EndsInSeparator(IOperation folder, int steps)
    {
        folder = folder.WithoutConversions();
        if (folder.ConstantValue is { HasValue: true } constant)
            return constant.Value?.ToString() is { Length: > 0 } text && text[text.Length - 1] is '/' or '\\';
        if (steps > MostSteps)
            return false;
        switch (folder)
        {
            case IFieldReferenceOperation { Field: { Name: "DirectorySeparatorChar" or "AltDirectorySeparatorChar" } }:
                return true;
            case IFieldReferenceOperation { Field: var field } when field.IsInSource():
                return MemberEnds(field, steps + 1);
            case IPropertyReferenceOperation { Property: { Name: "BaseDirectory" } }:
                return true;
            case IPropertyReferenceOperation { Property: var property } when property.IsInSource():
                return MemberEnds(property, steps + 1) || property.GetMethod is { } getter && Returned(getter).Any(value => EndsInSeparator(value, steps + 1));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return EndsInSeparator(sum.RightOperand, steps + 1);
            case IInterpolatedStringOperation { Parts: [.., var last] }:
                return last switch
                {
                    IInterpolatedStringTextOperation part => EndsInSeparator(part.Text, steps + 1),
                    IInterpolationOperation hole => EndsInSeparator(hole.Expression, steps + 1),
                    _ => false,
                };
            case IConditionalOperation { WhenTrue: { } whenTrue, WhenFalse: { } whenFalse }:
                return EndsInSeparator(whenTrue, steps + 1) || EndsInSeparator(whenFalse, steps + 1);
            case IInvocationOperation { TargetMethod: { Name: "GetTempPath", ContainingType.Name: "Path" } }:
                return true;
            case IInvocationOperation { TargetMethod: { Name: "ToString" }, Instance: { } converted }:
                return EndsInSeparator(converted, steps + 1);
            case IInvocationOperation { TargetMethod: { Name: "GetFullPath", ContainingType.Name: "Path" }, Arguments: [var path] }:
                return EndsInSeparator(path.Value, steps + 1);
            case IInvocationOperation { TargetMethod: { Name: "Concat", ContainingType.SpecialType: SpecialType.System_String }, Arguments: [.., var end] }:
                return EndsInSeparator(end.Value, steps + 1);
            case IInvocationOperation { TargetMethod: var called } call:
                return called.Name.IndexOf("Separator", StringComparison.Ordinal) >= 0 && called.Name.IndexOf("Trim", StringComparison.Ordinal) < 0 || called.Name.IndexOf("TrailingSlash", StringComparison.Ordinal) >= 0
                    || called.IsInSource() && Returned(called).Any(value => EndsInSeparator(value, steps + 1)) || call.Arguments.Length == 1 && called.Name is "Normalize" && EndsInSeparator(call.Arguments[0].Value, steps + 1);
            case ILocalReferenceOperation local:
                return WritesTo(local.Local, local).Any(value => EndsInSeparator(value, steps + 1));
            case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter } reference:
                return WritesTo(parameter, reference).Any(value => EndsInSeparator(value, steps + 1)) || ArgumentsEnd(method, parameter.Ordinal, steps + 1);
            default:
                return false;
        }
    }

    /// <summary>Whether the code cuts the prefix off: the comparison tells whether a path is relative to a folder, and guards nothing.</summary>
    public bool IsRelativePathComputation(IInvocationOperation call, IOperation path, IOperation prefix)
    {
        string text = path.Syntax.ToString();
        string length = prefix.Syntax.ToString() + ".Length";
        return index.Surrounding(call) is { } body && body.Descendants().Any(one => one switch
        {
            IInvocationOperation { TargetMethod.Name: "Substring" or "Remove", Instance: { } cut, Arguments: [var start, ..] } => cut.Syntax.ToString() == text && start.Value.Syntax.ToString().StartsWith(length, StringComparison.Ordinal),
            _ => false,
        });
    }

    /// <summary>Whether the character behind the prefix is looked at: <c>full[root.Length] == '/'</c>.</summary>
    public bool IsCheckedAtEnd(IInvocationOperation call, IOperation path)
    {
        string text = path.Syntax.ToString();
        return index.Surrounding(call) is { } body && body.Descendants().Any(one =>
            one is IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } indexed, Arguments: [{ Value: var position }] }
            && indexed.Syntax.ToString() == text && position.Syntax.ToString().EndsWith(".Length", StringComparison.Ordinal));
    }

    private bool ArgumentsEnd(IMethodSymbol method, int ordinal, int steps)
    {
        bool any = false;
        foreach (IOperation call in index.CallsOf(method))
        {
            IArgumentOperation? argument = call switch
            {
                IInvocationOperation invocation => invocation.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == ordinal),
                IObjectCreationOperation creation => creation.Arguments.FirstOrDefault(one => one.Parameter?.Ordinal == ordinal),
                _ => null,
            };
            if (argument is null || !EndsInSeparator(argument.Value, steps))
                return false;
            any = true;
        }

        return any;
    }

    private bool MemberEnds(ISymbol member, int steps)
    {
        if (index.Initializer(member) is { } initial && EndsInSeparator(initial, steps))
            return true;
        return index.WritesOf(member).Any(write => write is IAssignmentOperation assignment && EndsInSeparator(assignment.Value, steps));
    }

    private IEnumerable<IOperation> Returned(IMethodSymbol method)
    {
        foreach (ISymbol implementation in index.ImplementationsOf(method))
        {
            if (implementation is not IMethodSymbol called || index.Body(called) is not { } body)
                continue;
            foreach (IOperation operation in body.DescendantsAndSelf())
            {
                if (operation is IReturnOperation { ReturnedValue: { } value })
                    yield return value;
            }
        }
    }

    private IEnumerable<IOperation> WritesTo(ISymbol variable, IOperation use)
    {
        if (index.Surrounding(use) is not { } body)
            yield break;
        foreach (IOperation operation in body.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable):
                    yield return value;
                    break;
                case IAssignmentOperation assignment when Is(assignment.Target, variable):
                    yield return assignment.Value;
                    break;
            }
        }
    }

    private static bool Is(IOperation target, ISymbol variable) => target switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };
}
