using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Outline;

/// <summary>A use of a sink before any value is known: what the code alone says. Asking for more makes the answer unsure.</summary>
internal sealed class OutlineSinkSite(Compilation compilation, IOperation operation, IOperation value, ISymbol target) : SinkSite
{
    private bool _isUnsure;

    /// <summary>The expression whose text decides, when that is all that is not known; null when more is.</summary>
    public IOperation? Name { get; private set; }

    /// <inheritdoc/>
    public override IOperation Operation { get; } = operation;

    /// <inheritdoc/>
    public override IOperation Value { get; } = value;

    /// <inheritdoc/>
    public override ISymbol Target { get; } = target;

    /// <inheritdoc/>
    public override Compilation Compilation => compilation;

    /// <inheritdoc/>
    public override string KnownPrefix
    {
        get
        {
            _isUnsure = true;
            return string.Empty;
        }
    }

    /// <summary>Whether a row's condition may hold here once values are known.</summary>
    public bool MayHold(Sink row)
    {
        if (row.Condition is not { } condition || !row.IsAskedEarly)
            return true;
        _isUnsure = false;
        Name = null;
        if (!condition(this))
            return _isUnsure;
        Name = null;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetConstant(IOperation expression, out object? value)
    {
        IOperation plain = expression.WithoutConversions();
        value = plain.ConstantValue is { HasValue: true } constant ? constant.Value : null;
        if (plain.ConstantValue.HasValue)
            return true;
        if (plain.Type is null or { SpecialType: SpecialType.System_String or SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic })
        {
            Name = _isUnsure ? null : plain;
            _isUnsure = true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override bool TryGetReceiverConstant(string propertyName, out object? value)
    {
        _isUnsure = true;
        value = null;
        return false;
    }
}
