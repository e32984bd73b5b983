namespace SecurityToolchain.Runtime.Input;

/// <summary>One thing that is wrong with a JSON document.</summary>
/// <param name="Path">Where, such as <c>$.items[2].name</c>.</param>
/// <param name="Message">What; holds no value of the document.</param>
public sealed record JsonProblem(string Path, string Message);
