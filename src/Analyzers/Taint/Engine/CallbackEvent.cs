using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>A call of a delegate that is an input of the method; its callers know what it calls.</summary>
/// <param name="Number">The number in the body; its result is the place <see cref="PlaceRoot.CallbackResult"/> with this number.</param>
/// <param name="Delegate">The delegate's place.</param>
/// <param name="Arguments">What it is called with.</param>
/// <param name="Syntax">Where.</param>
internal sealed record CallbackEvent(int Number, Place Delegate, AbstractValue[] Arguments, SyntaxNode Syntax);
