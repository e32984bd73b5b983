using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SecurityToolchain.Scanning.Tests.Caching;

/// <summary>
/// A PostgreSQL server of the tests: Debian's programs, an own data folder, a free port of the loopback address, a password, and a user
/// without rights where the tests run as root. It is stopped, and its folder deleted, at the end.
/// </summary>
internal sealed class PostgreSqlServer : IDisposable
{
    public const string User = "sectool";

    private const string ServerUser = "postgres";

    private readonly string _programs;
    private readonly string _folder;

    private PostgreSqlServer(string programs, string folder, int port)
    {
        _programs = programs;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    // Made for one server that lives as long as one test class.
    public string Password { get; } = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    public string Address => string.Create(CultureInfo.InvariantCulture, $"postgres://{User}@127.0.0.1:{Port}/postgres");

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={Port};Username={User};Password={Password};Database=postgres;MaxAutoPrepare=8");

    /// <summary>Starts a server, or says why there is none.</summary>
    public static PostgreSqlServer? TryStart(out string reason)
    {
        string? programs = FindPrograms();
        if (programs is null)
        {
            reason = "PostgreSQL is not installed (eng/install-test-tools.sh installs it)";
            return null;
        }

        if (Environment.IsPrivilegedProcess && (!File.Exists("/usr/bin/setpriv") || !File.ReadLines("/etc/passwd").Any(static line => line.StartsWith(ServerUser + ":", StringComparison.Ordinal))))
        {
            reason = "PostgreSQL does not run as root, and there is no setpriv or no user postgres";
            return null;
        }

        for (int attempt = 0; ; attempt++)
        {
            var server = new PostgreSqlServer(programs, Directory.CreateTempSubdirectory("stc-pg-").FullName, FreePort());
            try
            {
                server.Start();
                reason = "";
                return server;
            }
            catch (InvalidOperationException) when (attempt < 3)
            {
                // Somebody else took the port between the question and the start.
                server.Dispose();
            }
            catch
            {
                server.Dispose();
                throw;
            }
        }
    }

    /// <summary>Stops the server at once, as a machine that fails does.</summary>
    public void Stop() => Run("pg_ctl", mustSucceed: false, "stop", "-D", Data, "-m", "immediate", "-w");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            Stop();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private void Start()
    {
        string passwordFile = Path.Combine(_folder, "password");
        File.WriteAllText(passwordFile, Password + "\n");
        if (Environment.IsPrivilegedProcess)
            Execute("/usr/bin/chown", mustSucceed: true, ["-R", ServerUser, _folder]);
        Run("initdb", mustSucceed: true, "-D", Data, "-U", User, "--auth=scram-sha-256", "--pwfile=" + passwordFile, "--encoding=UTF8", "--no-locale", "--no-sync");
        string options = string.Create(CultureInfo.InvariantCulture, $"-c listen_addresses=127.0.0.1 -c port={Port} -c unix_socket_directories={_folder} -c fsync=off -c max_connections=40 -c shared_buffers=16MB");
        Run("pg_ctl", mustSucceed: true, "start", "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "-o", options);
    }

    private void Run(string program, bool mustSucceed, params string[] arguments)
    {
        string path = Path.Combine(_programs, program);
        if (Environment.IsPrivilegedProcess)
            Execute("/usr/bin/setpriv", mustSucceed, ["--reuid", ServerUser, "--regid", ServerUser, "--clear-groups", path, .. arguments]);
        else
            Execute(path, mustSucceed, arguments);
    }

    // Output goes to nowhere: the server inherits the streams, and a pipe would stay open as long as it lives.
    private void Execute(string program, bool mustSucceed, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null 2>&1 </dev/null", "sh", program, .. arguments]) { UseShellExecute = false, WorkingDirectory = _folder };
        start.Environment["HOME"] = _folder;
        using Process process = Process.Start(start)!;
        process.WaitForExit();
        if (mustSucceed && process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string? FindPrograms() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(static d => Path.Combine(d, "bin")).Where(static d => File.Exists(Path.Combine(d, "initdb"))).OrderDescending(StringComparer.Ordinal).FirstOrDefault()
        : null;
}
