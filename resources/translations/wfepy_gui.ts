<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name></name>
    <message>
        <source>Advancing until nothing moves: pass {}, at most {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance was free: this is the one pass that waited for it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advances as soon as the instance is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>others are under way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changes wait to be applied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No further pass is started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another file was opened: no further pass is started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be advanced any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance was free: one pass was made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped after {}: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance is {} after {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing moves any more after {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped after {}: the workflow changes something in each.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process of the preflight crashed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The preflight ended with exit code {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The preflight gave no answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in &amp;output…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a text in the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the end o&amp;f the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow what tasks print</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of the output that is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the latest pending change back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring back what was undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type another value for the selected key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;name key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type another name for the selected key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add key or item…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a value to the context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remo&amp;ve value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the selected value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move value u&amp;p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In front of the one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move value do&amp;wn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Behind the next one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change &amp;type…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the selected value another type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy value as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pa&amp;ste value as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In place of the selected one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reveal or &amp;mask secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the selected secret, or hide it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit conte&amp;xt as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole context as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>App&amp;ly pending changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save them at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Discard pending changes…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy c&amp;hanges as commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pending changes as commands for a terminal; secrets are dots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review mer&amp;ge…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decide what both changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Review…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open state files; no code is run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all instances in a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New instance…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start one with its first context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I&amp;mport…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with an instance that wfepy 0.1.1 dumped; it is read as data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reload</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read the state file again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reopen at &amp;start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At the next start show again what is open at the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the graph as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the graph to the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Locate the file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was moved: say where it is now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close &amp;instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the printed graph, then print it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find task…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter the task table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next failed or interrupted task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Show selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring it into view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the whole graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the graph at its own size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Zoom in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to &amp;area</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a frame around what to see, or place it with the arrow keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in grap&amp;h…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find tasks by name or label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find ne&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next task that was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find &amp;previous</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the next waiting task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next b&amp;y age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To what waits or failed longest, then on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;transition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the next transition of the selected task (T in the graph)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious transition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select the one before (Shift+T in the graph)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wal&amp;k the transition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the task at the other end of the selected transition (Enter in the graph)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the task visited before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fo&amp;rward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the task visited after it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neighbo&amp;urhood only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only what is near the selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lar&amp;ger neighbourhood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One transition further</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;maller neighbourhood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One transition less</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide what is &amp;done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw complete and skipped tasks as placeholders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark what is stu&amp;ck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show how long tasks have waited or failed, from one to four</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filt&amp;er by label…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only tasks with a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show a&amp;ll</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave nothing out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find and run any command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All commands with their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions of what runs here, and a report of faults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Advance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run one pass: everything that can run now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the running pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advance until &amp;nothing moves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repeat passes while one changes something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advance when &amp;free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wait until nobody else holds the instance, then run one pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No f&amp;urther pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop waiting or repeating; a pass that runs goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On a &amp;timer…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advance this instance again and again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the timer stand still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remo&amp;ve timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advance this instance by hand only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timers of ever&amp;y instance…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See, pause and remove them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the c&amp;hanged module…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say what became of tasks that the module no longer has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy c&amp;ommand line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same pass for a terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python &amp;interpreter…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the Python that runs this workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For&amp;get trusted code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask again before the code of any workflow runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why the selected task does not move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pref&amp;light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What an advance would do now; calls no task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last &amp;error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traceback and source of the selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Co&amp;mplete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the selected tasks count as done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Skip…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the selected tasks; their branches end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Retry…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the next pass run the selected tasks again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set to&amp;kens…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say where the instance stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore &amp;backup…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to the previous version of the state file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fork to a san&amp;dbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with a copy, to try things on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to t&amp;ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the table of tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ne&amp;xt panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the next panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyboard to the panel before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search in context…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a key or value of the context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notic&amp;es…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All notices so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours: as the s&amp;ystem</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours: &amp;light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark on light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours: &amp;dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light on dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times: &amp;zone of this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this machine&apos;s clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times: &amp;UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In universal time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times: ho&amp;w long ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As lengths of time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put all panels where they were first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filter context…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only what contains a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;pending changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to what waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to &amp;map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move the keyboard to the small map of the graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A&amp;nimations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the graph glide and running tasks pulse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is where it was</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Apply or discard your pending changes first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no instance yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody else holds the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pass is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pass is being stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No further pass is planned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sandbox has no timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This instance has no timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a task first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a value of the context first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no value before it to change places with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no value behind it to change places with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No change is pending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No change was taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody saved what you change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No neighbourhood is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a transition first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task was visited before this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task was visited after this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pass is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes are under way already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your changes are being saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(the whole context)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} saved this instance meanwhile; your changes still fit and were kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} of your changes gave way to what {} saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details has your values.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} was changed since it was read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed by them: {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to the changed module (Instance) says what became of each task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it completed is kept. See Output for what it printed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another (Instance, Python interpreter), or: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} cannot be run. Choose a Python for it: Instance, Python interpreter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} failed: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} more failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the cause and advance again: the next pass retries it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the cause and advance again: the next pass evaluates the condition again, not the task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Module changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the folder {} cannot be written by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file is write-protected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the instance stands elsewhere by now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>look, and place them again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A module alone has no instance to change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was not read yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>line {}, column {}: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a context is an object: { &quot;key&quot;: value, … }</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the key {!r} stands here twice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is not JSON; write {{&quot;$float&quot;: &quot;nan&quot;}}, &quot;inf&quot; or &quot;-inf&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is nested too deeply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text holds half of a character (a lone surrogate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an item of a list has a position, not a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it cannot be moved further</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing within a value of type {} can be changed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this value is not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rename {} to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a context as a whole cannot be removed; give it another type</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remove {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add {} to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>add {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move {} up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>move {} down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>make {} a {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edit as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{!r} is no {}: write it like {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the text holds half of a character</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True or False</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>de ad be ef (two hexadecimal digits a byte)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>whole number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number with fraction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>date and time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time of day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>duration</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decimal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UUID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tuple</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frozen set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ordered dict</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>counter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dict with default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deque</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytearray</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>datetime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>object {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opaque {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is a key {} already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this cannot be in a {}: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The present file cannot be read: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What its journal says happened since is added to the previous version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved {} by {} on {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}: generation {}, {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stands at {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The graph is another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks that change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context keys that change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} comes back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} gets its previous value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source># no command says this change of the context: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only {} tasks at a time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was never called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was called {} so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its author calls it safe to repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not marked as safe to repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stops waiting for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot be reached any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next pass decides its transitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its transitions are not taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its transitions are decided anew when it is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ {} if {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing would change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance: {} → {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes its status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An advance would call 1 task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An advance would call {} tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These conditions would flip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It would decide what follows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join points nothing else can reach any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join points that would follow if all returned true</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Join points that stay blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An advance would call nothing: no token can move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With these values no condition would change its result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} (called {} before)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ {}: {} raises {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>→ {}: if it returned true, {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> ({} is true)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> ({} is false)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} → {}: {} — now {}, then {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raises {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(not there)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The module {} is not a file seen from here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its module is no file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} cannot be read: {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has no line {} any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is no Python file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file was changed after this error: lines may have moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is a task of a workflow that has no instance here. New instance… starts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>join</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safe to repeat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes, says its author</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {} on {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} by {} on {}: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Module</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, saved {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True for generation {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens that can still arrive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comes after it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Still to come</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Causes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Can never be met</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has no instance here, so nothing waits. New instance… starts one, with {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> — if {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reads {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comes after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comes before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reads {} now = {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reads {} = {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reads {}, which the context does not have now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reads {}, which the context does not have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which tasks matter, since when and why; most urgent first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} · {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} (sandbox)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>    since {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>    until {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved {} by {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} by {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context = {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Will be</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>task {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the task stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name of its function</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason or error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it waits, or what it raised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long it waits; since when is in the tool tip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often it was called</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often it was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start of its latest attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End of its latest completed attempt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pass is done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A task failed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command line was not understood.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The state file or its module cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The code is not what was agreed to.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another pass or edit holds this instance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pass was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process of the pass crashed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wfepy_core is missing in the Python that runs this workflow.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pass could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process of the pass {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task had completed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is complete and kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} are complete and kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task was running.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} were running and are shown as interrupted; the next pass runs them again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} was running and is shown as interrupted; the next pass runs it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crashed: it used memory it does not have (a fault in compiled code)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crashed: it used memory that is not there (a fault in compiled code, or a full disk)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crashed: it gave itself up (abort, often a failed check in compiled code)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crashed: impossible arithmetic in compiled code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>crashed: it ran an instruction this processor does not have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was killed: by somebody, or by the system for want of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was terminated by somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was interrupted by somebody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>lost its terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>used up the processor time it may have</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was ended by a signal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ended with the unknown exit code {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was ended by signal {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>err</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this value is masked: reveal it before you change it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a value of this type stays as it is; it can be copied or removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an item has a position, not a key; move it instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this context is a single value; give it another type first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what is on the clipboard is no JSON: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what is on the clipboard has dots for secrets: reveal them, and copy it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this value is not masked: its key names no secret</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The value as it will be saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A name of the tz database, UTC, an offset like +01:00, or no zone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{!r} is no offset: write it like +01:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{!r} is no time zone: write it like Europe/Berlin or +01:00</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>settings: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>log: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(none)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(not installed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Arrow keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Walk along the transitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>+  -  0  F</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closer, further away, 100 %, fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next failed or interrupted task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the task&apos;s details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where should the instance stand?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Set tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} on {}, process {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no graph to export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open a state file first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done so often</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}: cannot write the picture: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose another place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SVG: sharp at any size, for web pages and documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PDF: one page of the size of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG: pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DOT: text for Graphviz</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mermaid: text for Markdown pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the view shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The neighbourhood of the selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a task by name or label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to area: drag a frame, or move it with the arrow keys, Shift and arrow keys change its size, Enter zooms, Escape leaves</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>start point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>join point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for {} so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done so often: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>labels: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without a condition: taken whenever {} is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>if {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 change is pending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} changes are pending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was saved by others meanwhile: applying will ask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}: shown here, not saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 key changed by them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} keys changed by them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} by both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 key changed by both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} keys changed by both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} of your interventions no longer fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} saved this instance meanwhile: {}. Yours are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}. Not now: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pending changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Map</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preflight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was not asked to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped when it was asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>did not stop when it was asked, and was terminated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>did not stop when it was asked, and was killed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the command failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} cannot be started: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer within {} s; it was ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the layout process could not be started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Graphviz needed more than {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the built-in layout stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back to generation {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by {} on {}, process {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pass begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}; saved as generation {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pass ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>starts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>called {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its process ended before it came back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to {}: {}: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>condition failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>until {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} of {} transitions taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>decided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>journal goes on with part {}, generation {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sandbox made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>completed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>retry</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens placed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>migrated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>restored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed outside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>history pruned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>… and {} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} and {} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raised {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was never asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was true last time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was true</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was false last time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was false</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>raised an error; the next pass tries it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was running when its process ended; the next pass runs it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is being run by a pass right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was run and is not done; every pass asks it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>join point: waits for branches that can still arrive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the next pass runs it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>may still be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was never run and cannot be reached any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a task or condition raised an error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the last pass ended without a save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dead end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no token is left and no end point was reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pass is running right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least one task waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>new</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no pass has run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no token is left and an end point was reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its condition held when its task was done last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its condition did not hold when its task was done last, or its task was skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>undecided</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its task was not done yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>About</name>
    <message>
        <source>About</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long-running workflows in plain files, and the desktop for those who look after them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions and the newest lines of the log, to send to who mends it</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>BaseInstanceDialog</name>
    <message>
        <source>Workflow modules (*.py)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow module</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State files (*.wfstate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflow &amp;module</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State &amp;file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the workflow module: a .py file, or a dotted name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name the state file to be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} exists already; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder {} does not exist.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making {}…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CloseGuard</name>
    <message>
        <source>no task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the pass of {} is stopped, now in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the timer of {} ends; its next pass would come in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has changes that were not applied. Closing loses them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lose them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing ends what runs here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the window?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stay</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a command; Enter runs the chosen one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Confirmation</name>
    <message>
        <source>What it affects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning: {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a task, and what follows below it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why? Kept in the history (optional)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason, optional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happens then</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a terminal; it can be copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextCommands</name>
    <message>
        <source>Saved as generation {}; the version before is kept as a backup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard the pending changes of {}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has changes that were not applied. Leaving it loses them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lose them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>text that was typed and not taken over yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied as commands</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextDelegate</name>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextPanel</name>
    <message>
        <source>Search in context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search keys and values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only what contains…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why nothing can be changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}. The context can be looked at, not changed; what is pending stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key or value matches the filter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The state file cannot be read; its context is not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The context is empty: no task and nobody has put anything into it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workflow alone has no context. New instance… asks for its first one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open. Open a state file to see its context.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextTreeModel</name>
    <message>
        <source>{} values</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ContextTreeView</name>
    <message>
        <source>Context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys, kinds and values; Enter edits a value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>A fault in this program: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help, About has a report of it to copy.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DiscardDialog</name>
    <message>
        <source>Changes are pending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep them</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorPanel</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last error of the selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About this source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Places in the traceback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Traceback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source at this place</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the latest failure; the place that is chosen is shown in its source.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the error, its traceback and this source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open. Open a state file to see the errors of its tasks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has no error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a task to see its last error.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> in the condition of {} → {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, attempt {}, {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The traceback names no place.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Legend with counts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status and time of the last save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The neighbourhood of {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>depth </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> pixels to the point</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many transitions away from the selected task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depth of the neighbourhood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale of a PNG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many pixels a point has.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the file or the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the page of the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above the graph; may be empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sca&amp;le</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Print…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State files and workflow modules (*.wfstate *.py)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files, dumps of wfepy 0.1.1 included (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder of instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where is it now?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State files (*.wfstate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import an instance of wfepy 0.1.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is a workflow module; this is its graph, there is no instance yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start one: File, New instance ({}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Workflows in {} run with {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agreements forgotten: {}. Every workflow asks again before its code runs</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileHealth</name>
    <message>
        <source>The file is not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is not there any more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As soon as it comes back it is shown again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is shown only: {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy it and its module to a folder of your own to try things on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A sandbox copy of it can be changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The module has other tasks than this instance ({}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pass is possible until the instance is moved to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The previous version lies beside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, now in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another process holds this instance{}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} (process {} on {})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} holds this instance since {}{}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Hide what is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Depth of the neighbourhood, in transitions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many transitions away from the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only tasks with this label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks without it are left out of the picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave nothing out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Around {0}, depth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no task has one</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FleetPanel</name>
    <message>
        <source>Needs &amp;me</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed, interrupted, dead end, unreadable, or waiting past its moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row an instance; Enter opens it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} of {} instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No instance matches. Clear the filter to see all {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a folder, or drop one here, to see all its instances.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No state files (*.wfstate) in {}. New instance… makes one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GraphCommands</name>
    <message>
        <source> or </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task is {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a task first: its transitions are selected one by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a task first: its neighbourhood is shown</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GraphExport</name>
    <message>
        <source>Save the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The graph was exported to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture is on the clipboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}, generation {}, saved {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GraphOverlays</name>
    <message>
        <source>stuck over {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stuck up to {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>will be {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GraphView</name>
    <message>
        <source>Workflow graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pending change: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no graph</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message>
        <source>Why it does not move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pass is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sandbox · </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>workflow without an instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A module tells what can happen; an instance tells what did</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing runs and nothing waits: this is what {} describes, {} tasks. New instance… starts one in a state file of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown as it was last read: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pass runs for {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked to stop · {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pass · {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import an instance of wfepy 0.1.1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is imported; it is not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dump</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The dump is read as data: nothing in it is run. It is not changed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>All causes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it does not move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it does not move, cause by cause, with the conditions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status, times and description of what is selected.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The function of the task in its module.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a state file and select a task: all that is known of it stands here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a task in the graph or in the table to see it here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InterpreterDialog</name>
    <message>
        <source>Python interpreter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first on the &amp;path: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The &amp;desktop&apos;s own: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Another, such as that of the workflow&apos;s environment:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which Python runs the workflows in {}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What trying it showed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>wfepy_core is missing there. Install it, then try again:
{}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It cannot run workflows: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>InterventionCommands</name>
    <message>
        <source>{} {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} {}? Status of the instance afterwards: {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance changed while you were asked; nothing was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at what would follow now, and answer again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is saved at once and kept in the history. Restore backup takes it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It joins your {} pending changes; they are saved together when you apply them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance changed while you were asked; no token was set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Set tokens again: it shows where the instance stands now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore the backup of {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to generation {} of {}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is saved as a new generation. The present version becomes the backup: restoring again comes back to it. What tasks did in the world stays done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restored as generation {}: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is a sandbox: a copy to try things on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No timer and no advance of its folder touches it; delete it when you are done.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as a command: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JournalPanel</name>
    <message>
        <source>History, oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row an event; Enter shows its task in the graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing happened yet: no pass has run. Advance runs the first one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A workflow alone has no history. New instance… starts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open. Open a state file to see what happened to it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonEditor</name>
    <message>
        <source>Go to mistake</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON; what is wrong with it is said below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check of the JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>✓ This can be saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JsonPane</name>
    <message>
        <source>Context as JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use this JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the differences pending changes (Ctrl+Return)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the context as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masked secrets stand as dots; leave them as they are to keep them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Long texts are cut; leave them as they are to keep them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LegendStrip</name>
    <message>
        <source>Legend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>done so often</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pending change</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open recen&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Doc&amp;ked panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (sandbox)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>generation {} · saved {} by {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>generation {} · saved {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MergeDialog</name>
    <message>
        <source>All &amp;theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All &amp;yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge with what was saved meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys that differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When you began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved by {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick for each key that both changed whose value counts; {} to go.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge puts your changes on top of what was saved; they stay pending.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MigrationCommands</name>
    <message>
        <source>{} fits its module: there is nothing to move.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MigrationDialog</name>
    <message>
        <source>Move to the changed module</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the instance stands afterwards</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason (kept in the history)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Move the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The module differs from this instance. {}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance stands afterwards:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks that the module no longer has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What {} becomes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>dropped: its token and record are forgotten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} (suggested)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} ({}) is dropped: its branch ends here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nowhere: it is finished</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Minimap</name>
    <message>
        <source>Map of the graph</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The arrow keys move the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag the frame, or click, to move the view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a state file to see the map of its graph.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewInstanceDialog</name>
    <message>
        <source>New instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First &amp;context</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct the context.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewValueDialog</name>
    <message>
        <source>Add key or item</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In which container, and where in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Under which key; items of lists have none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;ype of key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What kind of value the key is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Typ&amp;e</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What kind of value it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>items have a position, no key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a key {} already.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>&amp;Details…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeList</name>
    <message>
        <source>There were no notices yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notices, newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen one is shown below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole notice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened, what to do, and the details.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cop&amp;y</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> ({} times)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search in output</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected &amp;task only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command line of Advance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What Advance runs; paste it into a terminal to do the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy all of the output that is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the end and stay there while output comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out what other tasks printed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output of the instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the tasks printed, with time and task, whoever ran the pass; the latest is at the end. What went to the error stream is marked with err.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What tasks printed cannot be read: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has printed nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What tasks print is kept and shown here, whoever runs the pass. Advance runs one.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PassCommands</name>
    <message>
        <source>{}: the pass {}. {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It was over before it could be cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instance is {}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PassStrip</name>
    <message>
        <source>State of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PathField</name>
    <message>
        <source>A file to be made.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PathOpener</name>
    <message>
        <source>{} does not exist</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the module where it is now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has a Python of its own: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To run it with that one: Instance, Python interpreter.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PendingBar</name>
    <message>
        <source>Pending changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide this; Apply asks again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving your changes…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PendingPanel</name>
    <message>
        <source>Pending changes, in order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a change; nothing is saved yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved and new values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a value that would change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why? For the history (may be empty)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No changes are pending. What you change in the context gathers here until it is applied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reaso&amp;n</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreflightPanel</name>
    <message>
        <source>What an advance would do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks that would be called, and transitions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add &amp;key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same as a command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the answer is true for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Otherwise the instance is taken as it was saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What if? On a copy; nothing is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check tells what an advance would do now. It calls no task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no instance yet. New instance… starts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a state file to see what an advance would do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With &amp;pending changes ({})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No command tries pending interventions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no instance yet to look at: New instance… starts one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conditions are being evaluated in a process of their own…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check evaluates the conditions on a copy; it calls no task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>True for generation {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> with your pending change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> with your {} pending changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> with {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; your pending changes are not in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. The instance has moved on: check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. Your pending changes are others now: check again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreflightQuery</name>
    <message>
        <source>Preflight evaluates conditions of</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PrintPreview</name>
    <message>
        <source>Print the graph</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Scheduler</name>
    <message>
        <source>the module&apos;s code changed and needs your agreement: advance once by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The timer of {} stands still</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The module&apos;s code changed: open the instance and advance it once by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the file cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pass was cancelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the instance is {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The timer of {} stands still: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}, on its timer: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it to see why. What completed is kept; the timer tries again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it to see why. What completed is kept.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Previous hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next hit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} found</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SessionRestore</name>
    <message>
        <source>{} was open when the window was closed last; it is not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If it was moved, open it where it is now: File, Open.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a command: its name, its keys, what it does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in the graph</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TaskPanel</name>
    <message>
        <source>Filter by task, status or reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a task; Enter shows it in the graph.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The state file cannot be read; its tasks are not known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open. Open a state file to see its tasks.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No task matches the filter. Clear it to see all {}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimerCommands</name>
    <message>
        <source>Timers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows the timers of all instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 timer · next pass in {1}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} timers · next pass in {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimerDialog</name>
    <message>
        <source>Advance on a timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the end of a pass to the start of the next.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause between two passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No pass begins after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counts while Until is ticked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pass is skipped while another one runs, the instance is locked, or changes wait to be applied. After failures the pause doubles, up to an hour. The timer goes on while you look at other instances, until the window closes; it is remembered, and never starts by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advance {} again and again</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TimerList</name>
    <message>
        <source>Timers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row an instance; Enter opens it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remo&amp;ve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open instance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advance this instance by hand only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the chosen instance in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the chosen timer stand still, or count again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No instance has a timer. Open one, and give it a timer: Instance, On a timer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timers go on while you look at other instances, until the window closes. They are remembered, and never start by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Timers</name>
    <message>
        <source>remembered; it does not start by itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timer paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timer: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every {} until {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused, {} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pass is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>next pass in {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after {1} failures it waits {0}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after a failure it waits {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one pass was skipped: {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the machine slept: one pass for all that were missed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its last moment has passed</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TokensDialog</name>
    <message>
        <source>What the chosen tokens would change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a task; its token is chosen in the second column.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tasks and their tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where this task should stand; what would change stands below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Token of {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose other tokens above to see what would change.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TransitionStrip</name>
    <message>
        <source>Selected transition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place among the transitions of the task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Condition</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What decides whether the transition is taken.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous transition of the task (Shift+T)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next transition of the task (T)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select no transition (Escape)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{0} of {1} at this task</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>if {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without a condition: taken whenever {} is done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to {} (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TrustDialog</name>
    <message>
        <source>Run this code?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This runs the code in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Trust everything in {}, also when it changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} (changed)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It became other code while you were asked, and nothing has run. Your answer to the question before does not hold for it: look at it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It runs as you, with all you may do, and was not run from here before in this form. The answer is remembered until the code changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It runs as you, with all you may do. What is named without a file cannot be found from here, so nobody can say what would run: this is asked each time.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ValuePane</name>
    <message>
        <source>Set value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Revert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The selected value in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the selected row of the context holds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a value to see it in full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make it a pending change (Ctrl+Return)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the value as it was before typing (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} is gone; you typed: {}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Nothing is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a state file to see where it stands and why, or drop files, folders and modules here. Opening never runs code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F1 shows all keys, Ctrl+Shift+P finds any command.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opened lately</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhatIfValues</name>
    <message>
        <source>Context values to try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tried on a copy; nothing is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try (JSON or text)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(not there)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>H&amp;old</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Causes, conditions and what comes before and after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One row a cause; Enter goes to its task.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep showing this, whatever is selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the whole answer as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it does not move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is true for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing stands behind it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a state file to see why it does not move.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The graph of the module as it was checked; there is no state file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file cannot be read now. {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A pass is running. {}, and for what it did since</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
