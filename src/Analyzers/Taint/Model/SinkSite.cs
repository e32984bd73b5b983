using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>One use of a sink, for conditions and matchers. Values are those that the engine knows at this point of the flow.</summary>
internal abstract class SinkSite
{
    /// <summary>The call, creation, assignment or return.</summary>
    public abstract IOperation Operation { get; }

    /// <summary>The expression that goes into the sink.</summary>
    public abstract IOperation Value { get; }

    /// <summary>The called method, assigned property, field or local.</summary>
    public abstract ISymbol Target { get; }

    /// <summary>The compilation.</summary>
    public abstract Compilation Compilation { get; }

    /// <summary>The expression of another argument of the same call, or null when it was left out or the call has no such parameter.</summary>
    public IOperation? Argument(string parameterName)
    {
        ImmutableArray<IArgumentOperation> arguments = Operation switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            IPropertyReferenceOperation property => property.Arguments,
            IAssignmentOperation { Target: IPropertyReferenceOperation indexer } => indexer.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        };
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Name == parameterName)
                return argument.ArgumentKind == ArgumentKind.DefaultValue ? null : argument.Value;
        }

        return null;
    }

    /// <summary>The constant that an argument has here, constants through locals, fields and defaults included.</summary>
    public bool TryGetConstant(string parameterName, out object? value)
    {
        value = null;
        return Argument(parameterName) is { } argument && TryGetConstant(argument, out value);
    }

    /// <summary>The constant that any expression of the same call has here.</summary>
    public abstract bool TryGetConstant(IOperation expression, out object? value);

    /// <summary>The constant that was assigned to a property of the object which is called or assigned (<c>start.FileName</c>).</summary>
    public abstract bool TryGetReceiverConstant(string propertyName, out object? value);

    /// <summary>
    /// The text that is known to come before the first part that is not known, for example <c>https://example.com/</c>;
    /// a part that is unknown but not tainted is written as U+FFFD. Empty when the value starts with what is tainted or unknown.
    /// </summary>
    public abstract string KnownPrefix { get; }
}
