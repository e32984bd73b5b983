namespace NativeInterop;

/// <summary>What the exported functions return when they fail; all are negative. The numbers are part of <c>native_interop.h</c>.</summary>
internal static class ResultCode
{
    public const int Ok = 0;
    public const int NullPointer = -1;
    public const int TooLong = -2;
    public const int InvalidUtf8 = -3;
    public const int NotOurMemory = -4;
    public const int UnknownHandle = -5;
    public const int InvalidArgument = -6;
    public const int Full = -7;
    public const int BufferTooSmall = -8;

    /// <summary>Something that nobody foresaw. An exception must not cross into C: it would end the process.</summary>
    public const int Internal = -99;
}
