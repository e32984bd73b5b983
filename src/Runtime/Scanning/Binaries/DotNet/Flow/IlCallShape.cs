namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>What a call takes from the stack and puts there.</summary>
/// <param name="Parameters">The parameters without the object.</param>
/// <param name="HasThis">Whether the object comes first.</param>
/// <param name="ReturnsValue">Whether a value comes back.</param>
/// <param name="ReturnsNumber">Whether that value is a number or a truth value.</param>
/// <param name="HasNumericTypeArgument">Whether a generic method is used with a number.</param>
internal readonly record struct IlCallShape(int Parameters, bool HasThis, bool ReturnsValue, bool ReturnsNumber, bool HasNumericTypeArgument);
