namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>What an access path of a method's inputs begins with.</summary>
internal enum PlaceRoot
{
    /// <summary>A parameter; <see cref="Place.Ordinal"/> is its position.</summary>
    Parameter,

    /// <summary>The object that the method belongs to, or a lambda's closure.</summary>
    This,

    /// <summary>A static field or property; <see cref="Place.Symbol"/>.</summary>
    Static,

    /// <summary>What an unknown delegate returned; <see cref="Place.Ordinal"/> is the number of the call in the body.</summary>
    CallbackResult,
}
