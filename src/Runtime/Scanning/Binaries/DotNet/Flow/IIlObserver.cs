namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>Is told what a method does with values, and says what comes back from calls.</summary>
internal interface IIlObserver
{
    /// <summary>A call or the creation of an object.</summary>
    /// <param name="token">The method.</param>
    /// <param name="shape">What it takes and gives.</param>
    /// <param name="arguments">The object first when there is one; for a creation without it.</param>
    /// <param name="creates">Whether an object is created.</param>
    /// <param name="offset">The offset in the body.</param>
    IlValue OnCall(int token, in IlCallShape shape, ReadOnlySpan<IlValue> arguments, bool creates, int offset);

    /// <summary>The value of a static field.</summary>
    IlValue OnLoadStatic(int token);

    /// <summary>A value is stored in a field.</summary>
    void OnStoreField(int token, IlValue value, int offset);

    /// <summary>A value is returned.</summary>
    void OnReturn(IlValue value, int offset);
}
