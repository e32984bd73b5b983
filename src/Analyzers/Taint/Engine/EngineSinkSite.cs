using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>A use of a sink, with what the analysis knows there. Valid only while the operation is being interpreted.</summary>
internal sealed class EngineSinkSite(BodyInterpreter interpreter, IOperation operation, IOperation value, ISymbol target, string prefix) : SinkSite
{
    /// <inheritdoc/>
    public override IOperation Operation { get; } = operation;

    /// <inheritdoc/>
    public override IOperation Value { get; } = value;

    /// <inheritdoc/>
    public override ISymbol Target { get; } = target;

    /// <inheritdoc/>
    public override Compilation Compilation => interpreter.Compilation;

    /// <inheritdoc/>
    public override string KnownPrefix { get; } = prefix;

    /// <inheritdoc/>
    public override bool TryGetConstant(IOperation expression, out object? value) => interpreter.TryGetConstant(expression, out value);

    /// <inheritdoc/>
    public override bool TryGetReceiverConstant(string propertyName, out object? value)
    {
        IOperation? receiver = Operation switch
        {
            IInvocationOperation call => call.Instance,
            IPropertyReferenceOperation property => property.Instance,
            IAssignmentOperation { Target: IPropertyReferenceOperation property } => property.Instance,
            IMemberReferenceOperation member => member.Instance,
            _ => null,
        };
        value = null;
        return receiver is not null && interpreter.TryGetMemberConstant(receiver, propertyName, out value);
    }
}
