namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>An origin reaches a sink.</summary>
/// <param name="Fact">The origin, what was cleared on the way, and the way.</param>
/// <param name="Hit">The sink.</param>
/// <param name="Companions">Other facts about the value at the sink, for rules that exclude origins.</param>
internal readonly record struct SinkFlow(Fact Fact, SinkHit Hit, Fact[] Companions);
