namespace SecurityToolchain.Analyzers.Rules;

/// <summary>How often a finding of the rule is right, as measured on code that was not written for it.</summary>
internal enum Precision
{
    /// <summary>A place to review: at least half of the findings are right.</summary>
    Audit,

    /// <summary>At least nine of ten findings are right.</summary>
    High,

    /// <summary>At least 97 of 100 findings are right.</summary>
    VeryHigh,
}
