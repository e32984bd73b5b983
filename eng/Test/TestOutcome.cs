namespace SecurityToolchain.Test;

/// <summary>The results of one test assembly.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failures">Tests that failed, and errors outside of tests.</param>
/// <param name="Skips">Tests that were skipped.</param>
/// <param name="Elapsed">Wall time.</param>
internal sealed record TestOutcome(
    TestAssembly Assembly, int Passed, IReadOnlyList<TestMessage> Failures, IReadOnlyList<TestMessage> Skips, TimeSpan Elapsed)
{
    /// <summary>An assembly that gave no results counts as one failure.</summary>
    public static TestOutcome Broken(TestAssembly assembly, TimeSpan elapsed, string message) =>
        new(assembly, 0, [new TestMessage(assembly.Name, message)], [], elapsed);
}
