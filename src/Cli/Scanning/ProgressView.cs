using System.Globalization;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Parsing;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>
/// One line on the error stream that tells files, bytes, rate and the time that is left. Only for terminals, and only for what takes
/// longer than two seconds.
/// </summary>
internal sealed class ProgressView : IScanProgress, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2), Interval = TimeSpan.FromMilliseconds(250);

#pragma warning disable CA2213 // The error stream belongs to the process.
    private readonly TextWriter _output;
#pragma warning restore CA2213
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _files, _bytes, _allFiles, _allBytes;
    private bool _complete;
    private string _path = "";
    private int _drawn;

    public ProgressView(TextWriter output, TimeProvider time)
    {
        _output = output;
        _time = time;
        _started = time.GetTimestamp();
        _timer = time.CreateTimer(_ => Draw(), null, Quiet, Interval);
    }

    public void Discovered(long files, long bytes, bool complete)
    {
        lock (_gate)
            (_allFiles, _allBytes, _complete) = (files, bytes, complete);
    }

    public void FileFinished(string path, long bytes)
    {
        lock (_gate)
        {
            _files++;
            _bytes += bytes;
            _path = path;
        }
    }

    /// <summary>The line for the present state.</summary>
    public string Line(int width)
    {
        lock (_gate)
        {
            double seconds = Math.Max(0.001, _time.GetElapsedTime(_started).TotalSeconds);
            double rate = _bytes / seconds;
            string left = _complete && rate > 0 ? $", {Duration(Math.Max(0, (_allBytes - _bytes) / rate))} left" : "";
            string text = string.Create(CultureInfo.InvariantCulture, $"{_files}/{_allFiles}{(_complete ? "" : "+")} files, {_bytes / 1048576.0:F0} MiB, {rate / 1048576.0:F0} MiB/s{left}  ");
            string path = PrintableText.Escape(_path);
            int room = width - text.Length - 1;
            if (room < 8)
                return text.TrimEnd();
            return text + (path.Length <= room ? path : "…" + path[^(room - 1)..]);
        }
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {(int)(seconds % 60)} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(seconds / 3600, 9999):F1} h"),
    };

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (_drawn > 0)
                _output.Write("\r" + new string(' ', _drawn) + "\r");
            _drawn = 0;
        }
    }

    private void Draw()
    {
        int width = 100;
        try
        {
            width = Math.Clamp(Console.WindowWidth, 20, 240);
        }
        catch (IOException)
        {
            // No terminal to ask; the default width holds.
        }

        string line = Line(width);
        lock (_gate)
        {
            _output.Write("\r" + line.PadRight(_drawn));
            _drawn = line.Length;
        }
    }
}
