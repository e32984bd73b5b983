using Microsoft.CodeAnalysis;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>One part of a query text that is not a constant.</summary>
/// <param name="Kind">What is known about the part.</param>
/// <param name="Operation">The expression that brings the part in.</param>
/// <param name="Parameter">The parameter, for <see cref="TextOriginKind.Parameter"/>.</param>
/// <param name="IsEmbedded">Whether the part stands beside other text; otherwise it is the whole text.</param>
internal readonly record struct TextOrigin(TextOriginKind Kind, IOperation Operation, IParameterSymbol? Parameter, bool IsEmbedded);
