namespace SecurityToolchain.Cli.Checklist;

/// <summary>What the evidence says about an item.</summary>
internal enum ChecklistStatus
{
    /// <summary>The evidence shows that the item holds.</summary>
    Pass,

    /// <summary>The evidence shows that it does not.</summary>
    Fail,

    /// <summary>No evidence decides; a person has to. Unknown is not passed.</summary>
    Manual,

    /// <summary>There is nothing here that the item is about.</summary>
    NotApplicable,
}
