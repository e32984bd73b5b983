using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Reads the <see cref="PathKey"/> of an expression.</summary>
internal sealed class PathKeyBuilder
{
    /// <summary>Deeper expressions have no key; real paths are built in a few steps.</summary>
    private const int MostSteps = 12;

    private readonly FileSystemTypes _types;
    private readonly BodyLocals _locals;
    private readonly IReadOnlyDictionary<CaptureId, IOperation> _captures;

    public PathKeyBuilder(FileSystemTypes types, BodyLocals locals, IReadOnlyDictionary<CaptureId, IOperation> captures)
    {
        _types = types;
        _locals = locals;
        _captures = captures;
    }

    /// <summary>The key, or null where the expression may give another path each time or is too complex to compare.</summary>
    public PathKey? Build(IOperation? operation) => Build(operation, MostSteps);

    private PathKey? Build(IOperation? operation, int steps)
    {
        if (operation is null || steps == 0)
            return null;
        if (operation.ConstantValue is { HasValue: true, Value: var constant })
            return PathKey.Constant(constant);

        switch (operation)
        {
            case IConversionOperation conversion:
                return Build(conversion.Operand, steps - 1);
            case IParenthesizedOperation parenthesized:
                return Build(parenthesized.Operand, steps - 1);
            case IFlowCaptureReferenceOperation reference:
                return _captures.TryGetValue(reference.Id, out IOperation? captured) ? Build(captured, steps - 1) : null;
            case ILocalReferenceOperation local:
                return BuildLocal(local.Local, steps);
            case IParameterReferenceOperation parameter:
                return PathKey.Of(parameter.Parameter);
            case IInstanceReferenceOperation:
                return PathKey.This;
            case IFieldReferenceOperation field:
                return BuildMember(field.Instance, field.Field, steps);
            case IPropertyReferenceOperation property:
                return BuildProperty(property, steps);
            case IObjectCreationOperation creation when _types.IsInfo(creation.Type) && creation.Arguments.Length == 1:
                return Build(creation.Arguments[0].Value, steps - 1);
            case IInvocationOperation invocation:
                return BuildCall(invocation, steps);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                return BuildParts("+", [sum.LeftOperand, sum.RightOperand], steps);
            case IInterpolatedStringOperation text:
                return BuildInterpolation(text, steps);
            case IArrayCreationOperation { Initializer: { } initializer }:
                return BuildParts("[]", initializer.ElementValues, steps);
            case ICollectionExpressionOperation collection:
                return BuildParts("[]", collection.Elements, steps);
            case IArrayElementReferenceOperation element:
                return BuildParts("[i]", [element.ArrayReference, .. element.Indices], steps);
            case IDeclarationExpressionOperation declaration:
                return Build(declaration.Expression, steps - 1);
            default:
                return null;
        }
    }

    private PathKey? BuildLocal(ILocalSymbol local, int steps)
    {
        // A local that never changes and whose initializer never changes is the initializer.
        if (_locals.TryInitializer(local, out IOperation? initializer) && _locals.IsStable(initializer) && Build(initializer, steps - 1) is { } key)
            return key;
        return PathKey.Of(local);
    }

    private PathKey? BuildMember(IOperation? instance, ISymbol member, int steps)
    {
        if (instance is null)
            return PathKey.Of(member);
        return Build(instance, steps - 1) is { } receiver ? PathKey.Member(receiver, member) : null;
    }

    private PathKey? BuildProperty(IPropertyReferenceOperation property, int steps)
    {
        if (property.Property.Name == "FullName" && _types.IsInfo(property.Instance?.Type))
            return Build(property.Instance, steps - 1);
        if (property.Arguments.IsEmpty)
            return BuildMember(property.Instance, property.Property, steps);
        return BuildCallParts(property.Property, property.Instance, property.Arguments, steps);
    }

    private PathKey? BuildCall(IInvocationOperation invocation, int steps)
    {
        IMethodSymbol method = invocation.TargetMethod;
        switch (method.Name)
        {
            case "GetFullPath" when _types.IsPath(method.ContainingType) && invocation.Arguments.Length == 1:
                return Build(invocation.Arguments[0].Value, steps - 1);
            case "ToString" when invocation.Instance is { } text && invocation.Arguments.IsEmpty:
                return Build(text, steps - 1);
            case "New" or "FromFileName" or "FromDirectoryName" when _types.IsInfo(method.ReturnType) && invocation.Arguments.Length == 1:
                return Build(invocation.Arguments[0].Value, steps - 1);
            case "GetTempFileName" or "GetRandomFileName" or "NewGuid" or "CreateVersion7" or "Next" or "GetInt32" or "GetHexString" or "GetString":
                return null;
            default:
                return BuildCallParts(method, invocation.Instance, invocation.Arguments, steps);
        }
    }

    private PathKey? BuildCallParts(ISymbol head, IOperation? instance, ImmutableArray<IArgumentOperation> arguments, int steps)
    {
        var parts = ImmutableArray.CreateBuilder<PathKey>(arguments.Length + 1);
        if (instance is not null)
        {
            if (Build(instance, steps - 1) is not { } receiver)
                return null;
            parts.Add(receiver);
        }

        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out || Build(argument.Value, steps - 1) is not { } part)
                return null;
            parts.Add(part);
        }

        return PathKey.Call(head, parts.ToImmutable());
    }

    private PathKey? BuildParts(string head, IEnumerable<IOperation> operations, int steps)
    {
        var parts = ImmutableArray.CreateBuilder<PathKey>();
        foreach (IOperation operation in operations)
        {
            if (Build(operation, steps - 1) is not { } part)
                return null;
            parts.Add(part);
        }

        return PathKey.Call(head, parts.ToImmutable());
    }

    private PathKey? BuildInterpolation(IInterpolatedStringOperation text, int steps)
    {
        var parts = new List<IOperation>();
        foreach (IInterpolatedStringContentOperation content in text.Parts)
        {
            switch (content)
            {
                case IInterpolatedStringTextOperation literal:
                    parts.Add(literal.Text);
                    break;
                case IInterpolationOperation hole:
                    parts.Add(hole.Expression);
                    break;
                default:
                    return null;
            }
        }

        return BuildParts("$", parts, steps);
    }
}
