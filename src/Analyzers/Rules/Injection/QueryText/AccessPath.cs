using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>A place that holds a value: a local, a parameter, <c>this</c> or a type, then fields and properties.</summary>
internal sealed class AccessPath : IEquatable<AccessPath>
{
    private readonly ImmutableArray<ISymbol> _steps;

    private AccessPath(ImmutableArray<ISymbol> steps) => _steps = steps;

    /// <summary>The local, parameter or static member, or the type that stands for <c>this</c>, where the path starts.</summary>
    public ISymbol Root => _steps[0];

    /// <summary>The number of symbols in the path.</summary>
    public int Length => _steps.Length;

    /// <summary>The path that is only a parameter.</summary>
    public static AccessPath Of(IParameterSymbol parameter) => new(ImmutableArray.Create<ISymbol>(parameter));

    /// <summary>Reads the path from a reference, or null when the expression is not a plain path.</summary>
    public static AccessPath? TryCreate(IOperation? operation)
    {
        var steps = ImmutableArray.CreateBuilder<ISymbol>();
        for (IOperation? current = operation; current is not null;)
        {
            switch (current)
            {
                case IConversionOperation conversion when conversion.OperatorMethod is null:
                    current = conversion.Operand;
                    continue;
                case IParenthesizedOperation parenthesized:
                    current = parenthesized.Operand;
                    continue;
                case IConditionalAccessInstanceOperation instance:
                    current = ConditionalAccessReceiver(instance);
                    continue;
                case ILocalReferenceOperation local:
                    steps.Add(local.Local);
                    return Finish(steps);
                case IParameterReferenceOperation parameter:
                    steps.Add(parameter.Parameter);
                    return Finish(steps);
                case IDeclarationExpressionOperation declaration:
                    current = declaration.Expression;
                    continue;
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: not null } self:
                    steps.Add(self.Type!);
                    return Finish(steps);
                case IFieldReferenceOperation field:
                    steps.Add(field.Field.OriginalDefinition);
                    if (field.Field.IsStatic)
                        return Finish(steps);
                    current = field.Instance;
                    continue;
                case IPropertyReferenceOperation { Arguments.IsEmpty: true } property:
                    steps.Add(property.Property.OriginalDefinition);
                    if (property.Property.IsStatic)
                        return Finish(steps);
                    current = property.Instance;
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>The receiver that <c>?.</c> stands for.</summary>
    public static IOperation? ConditionalAccessReceiver(IConditionalAccessInstanceOperation instance)
    {
        for (IOperation? current = instance.Parent, child = instance; current is not null; child = current, current = current.Parent)
        {
            if (current is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access.Operation;
        }

        return null;
    }

    /// <summary>Whether a write to this place changes what <paramref name="other"/> holds.</summary>
    public bool IsPrefixOf(AccessPath other)
    {
        if (_steps.Length > other._steps.Length)
            return false;
        for (int i = 0; i < _steps.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(_steps[i], other._steps[i]))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool Equals(AccessPath? other) => other is not null && other._steps.Length == _steps.Length && IsPrefixOf(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AccessPath);

    /// <inheritdoc/>
    public override int GetHashCode() => SymbolEqualityComparer.Default.GetHashCode(_steps[_steps.Length - 1]) + _steps.Length;

    /// <inheritdoc/>
    public override string ToString() => string.Join(".", _steps.Select(static step => step.Name));

    private static AccessPath Finish(ImmutableArray<ISymbol>.Builder steps)
    {
        steps.Reverse();
        return new AccessPath(steps.ToImmutable());
    }
}
