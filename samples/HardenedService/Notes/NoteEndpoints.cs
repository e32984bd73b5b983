using SecurityToolchain.AspNetCore.Authentication;

namespace HardenedService.Notes;

public static class NoteEndpoints
{
    private const int MaxNoteSizeInBytes = 64 * 1024;

    public static void MapNotes(this IEndpointRouteBuilder app)
    {
        app.MapPut("/notes/{number:int}", async (int number, HttpContext context, NoteStore notes) =>
        {
            byte[] body = new byte[MaxNoteSizeInBytes + 1];
            int size = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
            if (size > MaxNoteSizeInBytes)
                return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
            notes.Save(context.User.Identity!.Name!, number, body.AsSpan(0, size));
            return Results.NoContent();
        }).RequirePermission("write");

        app.MapGet("/notes/{number:int}", (int number, HttpContext context, NoteStore notes) =>
            notes.Find(context.User.Identity!.Name!, number) is { } text ? Results.Bytes(text, "text/plain") : Results.NotFound()).RequirePermission("read");
    }
}
