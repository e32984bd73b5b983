namespace SecurityToolchain.Analyzers.Rules.Flow;

/// <summary>What is known at a place of a body on the way there.</summary>
internal interface IFlowState<TState>
    where TState : IFlowState<TState>
{
    /// <summary>An independent copy.</summary>
    TState Copy();

    /// <summary>Adds another way to reach the place; false when it brings nothing new. States must only grow by this, and only finitely often.</summary>
    bool Join(TState other);
}
