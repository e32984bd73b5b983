namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>What is known about a value on the evaluation stack, in a local or in an argument. Immutable but for its buffer.</summary>
internal sealed class IlValue
{
    /// <summary>Text or data that may come from elsewhere.</summary>
    public static IlValue Variable { get; } = new() { IsVariable = true };

    /// <summary>A constant or a number: nobody can put text of their own into it.</summary>
    public static IlValue Safe { get; } = new();

    public bool IsVariable { get; init; }

    /// <summary>Whether text was put together with a part that may come from elsewhere.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Whether it comes from a generator that is not meant for security.</summary>
    public bool IsWeakRandom { get; init; }

    /// <summary>The text of a literal, or null.</summary>
    public string? Text { get; init; }

    /// <summary>The number of a constant, or null.</summary>
    public int? Number { get; init; }

    /// <summary>The array or builder behind it, or null.</summary>
    public IlBuffer? Buffer { get; init; }

    /// <summary>The local that it is the address of, or -1.</summary>
    public int Local { get; init; } = -1;

    /// <summary>Whether any part of it may come from elsewhere.</summary>
    public bool MayVary => IsVariable || IsJoined || Buffer is { HasVariable: true };

    /// <summary>Whether any part of it comes from a weak generator.</summary>
    public bool MayBeWeakRandom => IsWeakRandom || Buffer is { HasWeakRandom: true };

    public static IlValue Of(IlBuffer buffer) => new() { Buffer = buffer };

    public static IlValue Of(bool joined, bool weakRandom) => joined || weakRandom ? new IlValue { IsJoined = joined, IsWeakRandom = weakRandom } : Safe;

    /// <summary>What is known when either of two values may be there.</summary>
    public static IlValue Merge(IlValue x, IlValue y)
    {
        if (ReferenceEquals(x, y))
            return x;
        bool sameBuffer = ReferenceEquals(x.Buffer, y.Buffer);
        return new IlValue
        {
            IsVariable = x.IsVariable || y.IsVariable || !sameBuffer,
            IsJoined = x.IsJoined || y.IsJoined || (!sameBuffer && (x.Buffer is { HasVariable: true } || y.Buffer is { HasVariable: true })),
            IsWeakRandom = x.MayBeWeakRandom || y.MayBeWeakRandom,
            Text = x.Text == y.Text ? x.Text : null,
            Number = x.Number == y.Number ? x.Number : null,
            Buffer = sameBuffer ? x.Buffer : null,
            Local = x.Local == y.Local ? x.Local : -1,
        };
    }
}
