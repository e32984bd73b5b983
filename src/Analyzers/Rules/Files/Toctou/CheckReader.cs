using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Finds the checks that decide a condition, through negation, locals, tasks and helper methods.</summary>
internal sealed class CheckReader
{
    private const int MostSteps = 16;

    private readonly FileSystemTypes _types;
    private readonly BodyLocals _locals;
    private readonly PathKeyBuilder _keys;
    private readonly HelperCalls _helpers;
    private readonly IReadOnlyDictionary<CaptureId, IOperation> _captures;

    public CheckReader(
        FileSystemTypes types, BodyLocals locals, PathKeyBuilder keys, HelperCalls helpers, IReadOnlyDictionary<CaptureId, IOperation> captures)
    {
        _types = types;
        _locals = locals;
        _keys = keys;
        _helpers = helpers;
        _captures = captures;
    }

    /// <summary>The checks whose answer a condition depends on.</summary>
    public IReadOnlyList<CheckOutcome> Read(IOperation? condition)
    {
        if (condition is null)
            return [];
        var found = new List<CheckOutcome>();
        Read(condition, positive: true, found, MostSteps);
        return found;
    }

    /// <summary>The checks that a value of another type was chosen by.</summary>
    public IReadOnlyList<CheckOutcome> ReadInside(IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        if (value is ILocalReferenceOperation local && _locals.TryInitializer(local.Local, out IOperation? initializer))
            value = initializer;
        return Read(value is IConditionalOperation conditional ? conditional.Condition : value);
    }

    private void Read(IOperation operation, bool positive, List<CheckOutcome> found, int steps)
    {
        if (steps == 0)
            return;
        switch (operation)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                Read(not.Operand, !positive, found, steps - 1);
                break;
            case IConversionOperation conversion:
                Read(conversion.Operand, positive, found, steps - 1);
                break;
            case IParenthesizedOperation parenthesized:
                Read(parenthesized.Operand, positive, found, steps - 1);
                break;
            case IAwaitOperation awaited:
                Read(awaited.Operation, positive, found, steps - 1);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when BoolConstant(comparison) is { } constant:
                bool same = constant.Value == (comparison.OperatorKind == BinaryOperatorKind.Equals);
                Read(constant.Other, same ? positive : !positive, found, steps - 1);
                break;
            case IBinaryOperation { Type.SpecialType: SpecialType.System_Boolean, OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or
                or BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                Read(both.LeftOperand, positive, found, steps - 1);
                Read(both.RightOperand, positive, found, steps - 1);
                break;
            case IConditionalOperation { Type.SpecialType: SpecialType.System_Boolean } conditional:
                Read(conditional.Condition, positive, found, steps - 1);
                break;
            case IIsPatternOperation pattern:
                Read(pattern.Value, IsFalsePattern(pattern.Pattern) ? !positive : positive, found, steps - 1);
                break;
            case ILocalReferenceOperation local:
                foreach (IOperation? value in _locals.Values(local.Local))
                {
                    if (value is not null)
                        Read(value, positive, found, steps - 1);
                }

                break;
            case IFlowCaptureReferenceOperation reference:
                if (_captures.TryGetValue(reference.Id, out IOperation? captured))
                    Read(captured, positive, found, steps - 1);
                break;
            case IInvocationOperation invocation:
                ReadCall(invocation, positive, found, steps);
                break;
            case IPropertyReferenceOperation property:
                ReadProperty(property, positive, found, steps);
                break;
            case IAnonymousFunctionOperation or IFlowAnonymousFunctionOperation or ILiteralOperation or IParameterReferenceOperation:
                break;
            default:
                foreach (IOperation child in operation.ChildOperations)
                    Read(child, positive, found, steps - 1);
                break;
        }
    }

    private void ReadCall(IInvocationOperation invocation, bool positive, List<CheckOutcome> found, int steps)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (DirectCheck(invocation) is { } direct)
        {
            Add(invocation, direct.Path, direct.Kind, method.ContainingType.Name + "." + method.Name, positive, found);
            return;
        }

        int before = found.Count;
        _helpers.AddResults(invocation, _keys, positive, found);
        if (found.Count > before)
            return;

        // Task.FromResult(check), check.ConfigureAwait(false), attributes.HasFlag(x), Task.Run(() => check)
        if (invocation.Instance is { } instance)
            Read(instance, positive, found, steps - 1);
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } && method.Name == "Run")
            {
                foreach (IReturnOperation result in lambda.Body.Descendants().OfType<IReturnOperation>())
                {
                    if (result.ReturnedValue is not null)
                        Read(result.ReturnedValue, positive, found, steps - 1);
                }
            }
            else if (method.Name is "FromResult" or "HasFlag")
            {
                Read(argument.Value, positive, found, steps - 1);
            }
        }
    }

    private void ReadProperty(IPropertyReferenceOperation property, bool positive, List<CheckOutcome> found, int steps)
    {
        if (property.Instance is { } instance && _types.IsInfo(instance.Type))
        {
            bool directory = _types.Role(instance.Type as INamedTypeSymbol) == FileSystemRole.DirectoryInfo;
            CheckKind? kind = property.Property.Name switch
            {
                "Exists" => directory ? CheckKind.DirectoryExists : CheckKind.FileExists,
                "Length" or "IsReadOnly" => CheckKind.Property,
                "Attributes" or "UnixFileMode" or "LinkTarget" => CheckKind.Trust,
                _ => null,
            };
            if (kind is { } known)
                Add(property, instance, known, instance.Type!.Name + "." + property.Property.Name, positive, found);
            return;
        }

        int before = found.Count;
        _helpers.AddResults(property, _keys, positive, found);
        if (found.Count == before && property.Instance is { } other and not IInstanceReferenceOperation)
            Read(other, positive, found, steps - 1);
    }

    private (IOperation Path, CheckKind Kind)? DirectCheck(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (KindOf(method, _types) is not { } known)
            return null;
        IOperation? path = invocation.Arguments.Length > 0 && _types.Role(method.ContainingType) is not (FileSystemRole.FileInfo or FileSystemRole.DirectoryInfo or FileSystemRole.AnyInfo)
            ? invocation.Arguments[0].Value
            : invocation.Instance;
        return path is null ? null : (path, known);
    }

    /// <summary>What a method of the framework asks about a path; null when it asks nothing.</summary>
    public static CheckKind? KindOf(IMethodSymbol method, FileSystemTypes types)
    {
        FileSystemRole role = types.Role(method.ContainingType);
        return (role, method.Name) switch
        {
            (FileSystemRole.File, "Exists") => CheckKind.FileExists,
            (FileSystemRole.Path, "Exists") => CheckKind.FileExists,
            (FileSystemRole.Directory, "Exists") => CheckKind.DirectoryExists,
            (FileSystemRole.FileSystem, "FileExists" or "Exists" or "FileExistsAsync" or "ExistsAsync") => CheckKind.FileExists,
            (FileSystemRole.FileSystem, "DirectoryExists" or "DirectoryExistsAsync") => CheckKind.DirectoryExists,
            (FileSystemRole.File, "GetAttributes" or "GetUnixFileMode" or "GetAccessControl" or "ResolveLinkTarget") => CheckKind.Trust,
            (FileSystemRole.Directory, "GetAccessControl" or "ResolveLinkTarget") => CheckKind.Trust,
            (FileSystemRole.InfoExtensions, "GetAccessControl") => CheckKind.Trust,
            (FileSystemRole.FileInfo or FileSystemRole.DirectoryInfo or FileSystemRole.AnyInfo, "GetAccessControl" or "ResolveLinkTarget") => CheckKind.Trust,
            _ => null,
        };
    }

    private void Add(IOperation operation, IOperation path, CheckKind kind, string name, bool positive, List<CheckOutcome> found)
    {
        if (_keys.Build(path) is { } key)
            found.Add(new CheckOutcome(new PathCheck(operation.Syntax, key, kind, name, operation.Syntax.GetLocation()), positive));
    }

    private static bool IsFalsePattern(IPatternOperation pattern) => pattern switch
    {
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: false } } => true,
        INegatedPatternOperation negated => !IsFalsePattern(negated.Pattern),
        _ => false,
    };

    private static (bool Value, IOperation Other)? BoolConstant(IBinaryOperation comparison)
    {
        if (comparison.RightOperand.ConstantValue is { HasValue: true, Value: bool right })
            return (right, comparison.LeftOperand);
        if (comparison.LeftOperand.ConstantValue is { HasValue: true, Value: bool left })
            return (left, comparison.RightOperand);
        return null;
    }
}
