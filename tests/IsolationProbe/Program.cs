using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using SecurityToolchain.Runtime.Isolation;

namespace SecurityToolchain.IsolationProbe;

/// <summary>Isolates itself in the way that its argument names, tries what is then refused, and prints what happened.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments[0])
        {
            case "privileges":
                Report(ProcessIsolation.Enter(new IsolationOptions { UserId = 65534, GroupId = 65534, FilterSystemCalls = false }));
                Privileges();
                break;
            case "kill-program":
                Report(ProcessIsolation.Enter());
                StartProgram();
                break;
            case "kill-socket":
                Report(ProcessIsolation.Enter());
                OpenSocket();
                break;
            case "refuse":
                Report(ProcessIsolation.Enter(new IsolationOptions { KillOnRefusedCall = false }));
                Console.WriteLine($"program: {StartProgram()}");
                Console.WriteLine($"socket: {OpenSocket()}");
                Console.WriteLine($"work: {Work()}");
                break;
            case "files":
                ProcessIsolation.Enter(new IsolationOptions { MaxOpenFiles = 200, FilterSystemCalls = false });
                Console.WriteLine($"opened: {OpenFiles()}");
                break;
            case "memory":
                Report(ProcessIsolation.Enter(new IsolationOptions { MaxAddressSpaceInBytes = 5L << 30, FilterSystemCalls = false }));
                Console.WriteLine($"memory: {Allocate()}");
                break;
            case "cpu":
                ProcessIsolation.Enter(new IsolationOptions { MaxCpuSeconds = 1, FilterSystemCalls = false });
                while (true)
                    Thread.SpinWait(1_000_000);
        }

        return 0;
    }

    private static void Report(IsolationReport report) =>
        Console.WriteLine($"level: {report.Level}; missing: {string.Join(", ", report.Missing)}");

    private static void Privileges()
    {
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("Uid:", StringComparison.Ordinal) || line.StartsWith("Gid:", StringComparison.Ordinal)
                || line.StartsWith("Groups:", StringComparison.Ordinal) || line.StartsWith("NoNewPrivs:", StringComparison.Ordinal)
                || line.StartsWith("CapEff:", StringComparison.Ordinal))
            {
                Console.WriteLine(line.Replace('\t', ' ').TrimEnd());
            }
        }

        try
        {
            using FileStream stream = File.OpenRead("/etc/shadow");
            Console.WriteLine("shadow: read");
        }
        catch (UnauthorizedAccessException)
        {
            Console.WriteLine("shadow: refused");
        }
    }

    private static string StartProgram()
    {
        try
        {
            using Process process = Process.Start("/bin/true");
            process.WaitForExit();
            return "started";
        }
        catch (Win32Exception)
        {
            return "refused";
        }
    }

    private static string OpenSocket()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            return "opened";
        }
        catch (SocketException)
        {
            return "refused";
        }
    }

    /// <summary>What a parser does: threads, collections, code that is compiled now, files.</summary>
    private static string Work()
    {
        int sum = 0;
        Parallel.For(0, 64, i => Interlocked.Add(ref sum, new byte[100_000 + i].Length));
        var thread = new Thread(() => Interlocked.Increment(ref sum));
        thread.Start();
        thread.Join();
        GC.Collect();
        bool matches = new Regex("a+b", RegexOptions.Compiled, TimeSpan.FromSeconds(1)).IsMatch("xxaab");
        return $"{sum} {matches} {File.ReadAllText("/proc/self/comm").Length > 0}";
    }

    private static string Allocate()
    {
        var blocks = new List<byte[]>();
        try
        {
            while (blocks.Count < 600)
                blocks.Add(new byte[1 << 20]);
            return "600 MiB allocated";
        }
        catch (OutOfMemoryException)
        {
            return blocks.Count > 100 ? "refused" : "refused too early";
        }
    }

    private static int OpenFiles()
    {
        var files = new List<FileStream>();
        try
        {
            while (files.Count < 10_000)
                files.Add(File.OpenRead("/dev/null"));
        }
        catch (IOException)
        {
            // The limit.
        }

        int count = files.Count;
        files.ForEach(static file => file.Dispose());
        return count;
    }
}
