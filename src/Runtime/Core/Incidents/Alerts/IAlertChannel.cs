namespace SecurityToolchain.Runtime.Incidents.Alerts;

/// <summary>A way to reach people.</summary>
public interface IAlertChannel
{
    /// <summary>Named in logs when a delivery fails.</summary>
    string Name { get; }

    /// <summary>Delivers an alert or throws; the dispatcher retries.</summary>
    /// <param name="alert">What to deliver; escaped and redacted.</param>
    /// <param name="cancellationToken">Cancelled when the attempt has taken too long.</param>
    Task SendAsync(Alert alert, CancellationToken cancellationToken);
}
