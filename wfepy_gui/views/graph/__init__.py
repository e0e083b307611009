"""The picture of a workflow: one graphics item that paints all of it, the view of it, search, map and export.

Together
    graph_panel       the graph with its bars, strip and legend; follows the session
    graph_placer      how large tasks are, and where they go: Graphviz, or the built-in layout meanwhile

The view
    view              selection, keyboard, statuses, tool tips
    scene_view        below it: what it opens on, going to the whole graph, a task or a transition
    pan_zoom_view     below that: mouse, wheel, zooming
    camera            which part of the scene is in view, and the animated way there
    zoom_frame        the frame that is drawn around what to zoom to
    pulse             the beat of what runs
    hit_test          which task or transition is at a place
    tool_tips         what is said about a task or a transition

Going through the graph
    navigation        next failed task, find, back and forward, transitions, neighbourhood
    keyboard_steps    where an arrow key leads
    task_search       which tasks a text or a status finds
    visit_history     the visited tasks
    graph_filter      which tasks are left out

What is drawn
    scene             setters in, repaints out
    graph_item        the one item: which painter at which zoom, and what to repaint
    prepared_graph    what a worker thread computes before a graph is shown; edges there and back, apart
    drawn_graph       nodes, edges, statuses by number, and their shapes
    tiles             the squares in which they are drawn or left out together

Painters
    detail_painter    the graph where names can be read
    node_painter      one node, one pill
    distant_painter   the graph as boxes with icons, and from far away
    overview          its picture, to blit
    overlay           what lies over it: stuck ages, pending changes, the selected transition
    overlay_updates   keeps that up to date
    painter_context   what the painters share

Around it
    find_bar          finds tasks
    filter_bar        leaves tasks out
    transition_strip  all about the selected transition
    legend            what colours, lines and marks mean
    minimap           the small map
    task_menu         the context menu of a task

On file and paper
    export            the picture as SVG, PDF or PNG
    export_part       which part of the graph
    export_dialog     asks what to export
    printing          the picture on paper
"""
