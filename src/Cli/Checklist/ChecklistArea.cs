namespace SecurityToolchain.Cli.Checklist;

/// <summary>The four lists of the product's security document.</summary>
internal enum ChecklistArea
{
    /// <summary>How the code is written and built.</summary>
    Development,

    /// <summary>What is tested.</summary>
    Testing,

    /// <summary>How it is deployed.</summary>
    Deployment,

    /// <summary>How it is run.</summary>
    Operation,
}
