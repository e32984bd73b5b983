namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>What a channel delivers: escaped, redacted, ready to be shown.</summary>
/// <param name="Title">One line, at most 200 characters.</param>
/// <param name="Text">The facts, one a line.</param>
/// <param name="Event">The event, for channels that send its members one by one.</param>
/// <param name="Repeats">How many equal events were held back since the last alert of this kind.</param>
public sealed record Alert(string Title, string Text, SecurityEvent Event, int Repeats);
