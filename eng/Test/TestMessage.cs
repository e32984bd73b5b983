namespace SecurityToolchain.Test;

/// <summary>What a test that did not pass has to say.</summary>
/// <param name="Test">The display name.</param>
/// <param name="Text">The failure with its stack, or the reason of the skip.</param>
internal sealed record TestMessage(string Test, string Text);
